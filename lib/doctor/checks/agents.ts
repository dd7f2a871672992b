// Checks each agent on each deployment with a test call. If no agent joins, the finding is the diagnosis of the
// room.

import { sumBy } from 'es-toolkit';
import { listedAgents } from '@/lib/agents/registry';
import { isReporting } from '@/lib/agents/status';
import { knownWorkers, probeEvents } from '@/lib/calls/ingest/recent-activity';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Check, CheckResult, ProbeStage } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { type Time, timeIn, type Words } from '@/lib/doctor/check';
import { diagnoseRoom } from '@/lib/doctor/diagnosis/diagnose-room';
import { verdictResult } from '@/lib/doctor/diagnosis/explain';
import { type ProbeResult, probe } from '@/lib/doctor/probe';
import type { DoctorServer } from '@/lib/doctor/server';
import { readServerLog } from '@/lib/doctor/server-log';
import type { Reported } from '@/lib/livekit/server';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import { translator } from '@/lib/messages/messages';

/** Milliseconds after which a successful test call is slow: a caller would have waited. */
const SLOW_MS = 4_000;
/** Milliseconds for one test call with its diagnosis and cleanup, and for another one to a deployment named "production". */
const LIMIT_MS = 30_000;

const linkTo = (t: Words) => ({ href: '/agents', label: t('links.agents') });

function reporting(server: DoctorServer, agent: string, deployment: string): readonly Reported[] {
  const now = Date.now();
  return knownWorkers(server).filter(
    ({ report, at }) =>
      report.agent === agent && report.deployment === deployment && now - at <= REPORT_STALE_MS,
  );
}

/** The finding if no live worker has a place left for a test call. */
function fullResult(reports: readonly Reported[], t: Words): CheckResult | undefined {
  const workers = reports.filter(({ report }) => report.state === 'live');
  if (workers.length === 0) return undefined;
  const jobs = sumBy(workers, ({ report }) => report.activeJobs);
  const places = sumBy(workers, ({ report }) => report.maxJobs);
  if (jobs < places) return undefined;
  return {
    state: 'warn',
    seen: t('agents.full', { jobs, places }),
    matters: t('agents.matters'),
    todo: t('agents.fullTodo'),
    link: linkTo(t),
  };
}

/** When the worker took the job, by its own event, in case LiveKit does not list the job yet. */
function assignedByEvent(
  server: DoctorServer,
  { room, at, joined = 0 }: ProbeResult,
): number | undefined {
  const assigned = probeEvents(server, room).find(({ what }) => what.kind === 'job_assigned');
  const after = assigned && assigned.at - at;
  // The worker's clock may differ, so the event may be before the request or after the join.
  return after !== undefined && after >= 0 && after <= joined ? after : undefined;
}

function stagesOf(server: DoctorServer, probed: ProbeResult, t: Words): ProbeStage[] {
  const { request, joined, published, ready, audio } = probed;
  const assigned = probed.assigned ?? assignedByEvent(server, probed);
  const all = { request, assigned, joined, published, ready, audio };
  return Object.entries(all).flatMap(([name, ms]) =>
    ms === undefined ? [] : [{ name: t(`stages.${name as keyof typeof all}`), ms }],
  );
}

/** The finding of a test call in which the agent joined. */
function joinedResult(
  server: DoctorServer,
  probed: ProbeResult,
  ready: number,
  silent: boolean,
  t: Words,
  time: Time,
): CheckResult {
  const spoke = probed.audio === undefined ? ` ${t('agents.waits')}` : '';
  const stages = stagesOf(server, probed, t);
  const base = { matters: t('agents.matters'), stages, link: linkTo(t) };
  if (silent) {
    const seen = t('agents.silentWorker');
    return { ...base, state: 'warn', seen, todo: t('agents.silentTodo') };
  }
  if (ready > SLOW_MS) {
    const seen = t('agents.slow', { time: time(ready) }) + spoke;
    return { ...base, state: 'warn', seen, todo: t('agents.slowTodo') };
  }
  return { ...base, state: 'ok', seen: t('agents.ok', { time: time(ready) }) + spoke, todo: '' };
}

interface Target {
  readonly agent: string;
  readonly deployment: string;
}

/** Whether this machine's server has logged that it sends nobody into a room. */
const unsentTo = (server: DoctorServer, agent: string) => (room: string) =>
  readServerLog(server.config.DATA_DIR).some(
    (fact) => fact.what === 'unsent' && fact.room === room && fact.agent === agent,
  );

/**
 * Whether a worker that does not report was started with the deployment name "production", so that no call to production
 * reaches it.
 */
async function servesLiterally(
  server: DoctorServer,
  { agent, deployment }: Target,
  { joined }: ProbeResult,
): Promise<boolean> {
  if (joined !== undefined || deployment !== PRODUCTION) return false;
  if (isReporting(server, agent, deployment)) return false;
  const target = { agent, deployment, literally: true };
  const came = async (probed: ProbeResult) => probed.joined !== undefined;
  return (await probe(server.livekit, target, came, unsentTo(server, agent))).examined;
}

async function examine(
  server: DoctorServer,
  { agent, deployment }: Target,
  language: Language,
): Promise<CheckResult> {
  const t = translator(language, 'doctor');
  const time = timeIn(language);
  const full = fullResult(reporting(server, agent, deployment), t);
  if (full) return full;
  const asked = { agent, deployment, at: Date.now() };
  const judge = async (probed: ProbeResult): Promise<CheckResult> => {
    const { published, ready, joined } = probed;
    const there = ready ?? published;
    // Read now: a starting worker may have reported meanwhile.
    const silent =
      isReporting(server, agent, deployment) && reporting(server, agent, deployment).length === 0;
    if (there !== undefined) return joinedResult(server, probed, there, silent, t, time);
    if (joined !== undefined) {
      const seen = t('agents.mute', { time: time(joined) });
      const said = { seen, matters: t('agents.matters'), todo: t('agents.muteTodo') };
      return { state: 'fail', ...said, link: linkTo(t) };
    }
    const { cause: _, ...said } = await diagnoseRoom(server, probed.room, asked, language);
    return { ...said, stages: stagesOf(server, probed, t) };
  };
  const unsent = unsentTo(server, agent);
  const { probed, examined } = await probe(server.livekit, { agent, deployment }, judge, unsent);
  if (await servesLiterally(server, { agent, deployment }, probed)) {
    return { ...examined, ...verdictResult({ cause: 'worker-production', agent }, language) };
  }
  if (probed.removed || examined.state !== 'ok') return examined;
  return { ...examined, state: 'warn', todo: t('agents.left', { room: probed.room }) };
}

/**
 * One check for each agent and deployment of the list.
 * @param only the only agent, and its only deployment, to check
 */
export function agentChecks(
  server: DoctorServer,
  language: Language,
  only: { readonly agent?: string | undefined; readonly deployment?: string | undefined } = {},
): Check[] {
  const titles = translator(language, 'checks');
  const isWanted = (name: string, wanted: string | undefined) => (wanted ?? name) === name;
  const agents = listedAgents(server).filter(({ name }) => isWanted(name, only.agent));
  return agents.flatMap(({ name, person, deployments }) =>
    deployments
      .filter((one) => isWanted(one, only.deployment))
      .map((deployment) => ({
        id: `agent:${name}:${deployment}`,
        title: titles('agent', { agent: person, deployment }),
        limitMs: LIMIT_MS,
        heavy: true,
        run: () => examine(server, { agent: name, deployment }, language),
      })),
  );
}
