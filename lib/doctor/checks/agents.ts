// Each agent on each of its deployments, by a trial call. Where none comes, the same judgement says
// why as for any other room.
import { servedAgents } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { shownDeployment, wireDeployment } from '@/lib/core/deployment';
import { liveKit } from '@/lib/livekit/clients';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import type { Reported } from '@/lib/livekit/workers';
import type { Check } from '../check';
import type { ProbeStage, Said } from '../finding';
import { type Probed, probe } from '../probe';
import { readServerLog } from '../server-log';
import { probeEvents, workersSeen } from '../sightings';
import { examineRoom } from '../why/why';
import type { DoctorWords } from '../words';

type Words = DoctorWords['doctorText'];
/** Milliseconds after which a trial call that was taken was slow: a caller would have waited. */
const SLOW_MS = 4_000;
/** Milliseconds for one trial, with its judgement and its removal. */
const LIMIT_MS = 20_000;

const linkTo = ({ links }: Words) => ({ href: '/agents', label: links.agents });

/** The workers that have reported lately. */
function reporting(agent: string, deployment: string): readonly Reported[] {
  const now = Date.now();
  return workersSeen().filter(
    ({ report, at }) =>
      report.agent === agent && report.deployment === deployment && now - at <= REPORT_STALE_MS,
  );
}

const total = (workers: readonly Reported[], of: (one: Reported['report']) => number) =>
  workers.reduce((sum, { report }) => sum + of(report), 0);

/** What all live workers have together, where none of them has a place left for a trial. */
function fullOf(reports: readonly Reported[], texts: Words): Said | undefined {
  const workers = reports.filter(({ report }) => report.state === 'live');
  if (workers.length === 0) return undefined;
  const jobs = total(workers, ({ activeJobs }) => activeJobs);
  const places = total(workers, ({ maxJobs }) => maxJobs);
  if (jobs < places) return undefined;
  const { matters, full, fullTodo } = texts.agents;
  return { state: 'warn', seen: full(jobs, places), matters, todo: fullTodo, link: linkTo(texts) };
}

/** When the worker took the job, by its own word, where LiveKit does not list the job yet. */
function toldAssigned({ room, at, joined = 0 }: Probed): number | undefined {
  const told = probeEvents(room).find(({ what }) => what.kind === 'job_assigned');
  const after = told && told.at - at;
  // By a clock that is not ours it may be before the question, or after the coming.
  return after !== undefined && after >= 0 && after <= joined ? after : undefined;
}

function stagesOf(probed: Probed, names: Words['stages']): ProbeStage[] {
  const { request, joined, published, ready, audio } = probed;
  const assigned = probed.assigned ?? toldAssigned(probed);
  const all = { request, assigned, joined, published, ready, audio };
  return Object.entries(all).flatMap(([name, ms]) =>
    ms === undefined ? [] : [{ name: names[name as keyof typeof all], ms }],
  );
}

/** What is said of a trial in which the agent came. */
function came(probed: Probed, ready: number, reported: boolean, texts: Words): Said {
  const { agents: words } = texts;
  const spoke = probed.audio === undefined ? ` ${words.waits}` : '';
  const stages = stagesOf(probed, texts.stages);
  const base = { matters: words.matters, stages, link: linkTo(texts) };
  if (!reported) {
    return { ...base, state: 'warn', seen: words.silentWorker, todo: words.silentTodo };
  }
  if (ready > SLOW_MS) {
    return { ...base, state: 'warn', seen: words.slow(ready) + spoke, todo: words.slowTodo };
  }
  return { ...base, state: 'ok', seen: words.ok(ready) + spoke, todo: '' };
}

/** Who is called on trial; the deployment as on the wire. */
interface Target {
  readonly agent: string;
  readonly deployment: string;
}

async function examine(
  config: Config,
  { agent, deployment }: Target,
  all: DoctorWords,
): Promise<Said> {
  const { doctorText: texts } = all;
  const { agents: words } = texts;
  const full = fullOf(reporting(agent, deployment), texts);
  if (full) return full;
  const asked = { agent, deployment, at: Date.now() };
  const judge = async (probed: Probed): Promise<Said> => {
    const { published, ready, joined } = probed;
    const there = ready ?? published;
    // Asked now: one that was starting may have reported meanwhile.
    const reported = reporting(agent, deployment).length > 0;
    if (there !== undefined) return came(probed, there, reported, texts);
    if (joined !== undefined) {
      const seen = words.mute(joined);
      const { matters, muteTodo: todo } = words;
      return { state: 'fail', seen, matters, todo, link: linkTo(texts) };
    }
    const { cause: _, ...said } = await examineRoom(config, probed.room, asked, all);
    return { ...said, stages: stagesOf(probed, texts.stages) };
  };
  const unsent = (room: string) =>
    readServerLog(config.DATA_DIR).some(
      (fact) => fact.what === 'unsent' && fact.room === room && fact.agent === agent,
    );
  const { probed, examined } = await probe(liveKit(config), { agent, deployment }, judge, unsent);
  if (probed.removed || examined.state !== 'ok') return examined;
  return { ...examined, state: 'warn', todo: words.left(probed.room) };
}

/** A check for each agent and deployment of the catalogue. */
export function agentChecks(words: DoctorWords): Check[] {
  return servedAgents(process.env.LETTA_URL).flatMap(({ name, person, deployments }) =>
    deployments.map((shown) => ({
      id: `agent:${name}:${shown}`,
      title: words.checkTitles.agent(person, shownDeployment(wireDeployment(shown))),
      limitMs: LIMIT_MS,
      heavy: true,
      run: (config: Config) =>
        examine(config, { agent: name, deployment: wireDeployment(shown) }, words),
    })),
  );
}
