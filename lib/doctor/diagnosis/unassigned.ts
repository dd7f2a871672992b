// Why no worker accepted the job. The server's log comes first, if it is on this machine; then the workers' reports.
import { editDistance } from '@/lib/core/edit-distance';
import {
  type Evidence,
  JOBLESS_MS,
  type Matter,
  type RequestedAgent,
  seconds,
  type Verdict,
} from '@/lib/doctor/diagnosis/evidence';
import { registeredWorkers, type Unsent } from '@/lib/doctor/server-log';
import type { Reported } from '@/lib/livekit/server';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';

/** Most edits for a name to count as a typing mistake. */
const EDITS_MAX = 3;

/** The most similar of `names`; `sameLetters` if only upper and lower case differ. */
function nearestName(
  asked: string,
  names: readonly string[],
): { readonly name: string; readonly sameLetters: boolean } | undefined {
  const lower = asked.toLowerCase();
  const same = names.find((name) => name !== asked && name.toLowerCase() === lower);
  if (same !== undefined) return { name: same, sameLetters: true };
  const [best] = names
    .filter((name) => name !== '' && name !== asked)
    .map((name) => ({ name, far: editDistance(lower, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= EDITS_MAX && far < name.length / 2)
    .sort((a, b) => a.far - b.far);
  return best && { name: best.name, sameLetters: false };
}

/** Milliseconds in which the server logs the outcome of a dispatch: 5 s to find a worker, 3 s to ask it. */
const LOG_MS = 10_000;
/**
 * Least milliseconds after the dispatch for the server to log this reason; earlier lines are about another dispatch of
 * the same agent. It looks for a worker for 1 s, and waits 3 s for its response.
 */
const EARLIEST_MS: Partial<Record<Unsent, number>> = { 'no answer': 800, 'timed out': 2_500 };

/** The server's log of this dispatch, if it is on this machine. */
function loggedReason({ log = [], room }: Evidence, { agent, at }: RequestedAgent) {
  const facts = log.flatMap((fact) => {
    if (fact.what !== 'unsent' || fact.agent !== agent) return [];
    const after = fact.at - at;
    return after >= (EARLIEST_MS[fact.why] ?? -1_000) && after <= LOG_MS ? [fact] : [];
  });
  // Lines with the room are certain; the others match by name and time.
  const named = facts.find((fact) => fact.room === room);
  return named ?? facts.find((fact) => fact.room === undefined);
}

/** Milliseconds for which a refused report or worker counts as current. */
const RECENT_MS = 60_000;
/** Milliseconds after which workers' reports say nothing about the call. Our own choice. */
const LONG_AGO_MS = 10 * 60_000;
/** The health of a worker that is not connected, as the framework words it. */
const NOT_CONNECTED = /not connected to livekit/i;

/** The workers of the requested agent, and those of the same name on other deployments. */
function workersOf({ reports, now }: Evidence, asked: RequestedAgent) {
  const same = reports.filter(({ report }) => report.agent === asked.agent);
  const isOwn = ({ report }: Reported) =>
    report.deployment === asked.deployment && !asked.namesProduction;
  const own = same.filter(isOwn);
  const speaks = ({ at }: Reported) => now - at <= REPORT_STALE_MS;
  return {
    own,
    speaking: own.filter(speaks),
    elsewhere: same.filter((one) => speaks(one) && !isOwn(one)),
    names: [...new Set(reports.filter(speaks).map(({ report }) => report.agent))],
  };
}
type Workers = ReturnType<typeof workersOf>;

/** Why a worker that reports to us may be unknown to the server. */
function refusedWorker({ refused, log = [], now }: Evidence): Verdict | undefined {
  const turned = log.findLast((fact) => fact.what === 'unauthorized' && fact.path === '/agent');
  const recent = [turned?.what === 'unauthorized' ? turned : undefined, refused].find(
    (one) => one && now - one.at < RECENT_MS,
  );
  if (recent) return { cause: `worker-${recent.why}` };
  const bad = log.findLast(({ what }) => what === 'bad worker');
  return bad && now - bad.at < RECENT_MS
    ? { cause: 'worker-deployment', reason: bad.line }
    : undefined;
}

/** A worker of the right name and deployment that has stopped reporting. */
function silent({ own, speaking }: Workers): Reported | undefined {
  if (speaking.length > 0) return undefined;
  return own.toSorted((a, b) => b.at - a.at).find(({ report }) => report.state !== 'draining');
}

const isFull = ({ report: { activeJobs, maxJobs, load = 0 } }: Reported) =>
  activeJobs >= maxJobs || load >= 1;

/** The verdict if no worker could have accepted the job. */
function noWorker(
  evidence: Evidence,
  asked: RequestedAgent,
  about: Matter,
  workers: Workers,
): Verdict {
  const { elsewhere, names } = workers;
  const isSame = ({ report }: Reported) => report.deployment === asked.deployment;
  if (asked.namesProduction && elsewhere.some(isSame)) {
    return { cause: 'named-production', ...about };
  }
  const others = [...new Set(elsewhere.map(({ report }) => report.deployment))];
  if (others.length > 0) return { cause: 'other-deployment', ...about, other: others.join(', ') };
  const known = [...new Set([...names, ...evidence.agents.map(({ name }) => name)])];
  const isListed = evidence.agents.some(({ name }) => name === asked.agent);
  const near = isListed ? undefined : nearestName(asked.agent, known);
  if (near?.sameLetters) return { cause: 'other-case', ...about, other: near.name };
  // If no worker of this name is expected, a refused worker does not explain its absence.
  const kept = isListed ? refusedWorker(evidence) : undefined;
  if (kept) return kept;
  // Workers of a team need not report; the server knows them, but logs no deployment.
  const registered = registeredWorkers(evidence.log ?? [], asked.agent).length > 0;
  const byTeam = evidence.agents.some(
    ({ name, source }) => name === asked.agent && source === 'team',
  );
  if (registered && byTeam) return { cause: 'registered-otherwise', ...about };
  return { cause: 'no-worker', ...about, other: near?.name, ...(byTeam && { byTeam }) };
}

/** The verdict from the state of the reporting workers, if that explains it. */
function state(workers: Workers, about: Matter): Verdict | undefined {
  const { speaking } = workers;
  const all = (state: string) => speaking.every(({ report }) => report.state === state);
  const broken = speaking.find(({ report }) => report.state === 'broken');
  if (broken && !speaking.some(({ report }) => report.state === 'live')) {
    const { worker: other, error: reason } = broken.report;
    return { cause: 'cannot-start', ...about, other, reason };
  }
  if (all('draining')) return { cause: 'draining', ...about };
  const unconnected = speaking.find(({ report }) => NOT_CONNECTED.test(report.error ?? ''));
  if (all('starting') && unconnected) {
    return { cause: 'wrong-server', ...about, other: unconnected.report.worker };
  }
  if (all('starting')) {
    return { cause: 'starting', ...about, reason: speaking[0]?.report.error };
  }
  const live = speaking.filter(({ report }) => report.state === 'live');
  return live.every(isFull) ? { cause: 'full', ...about } : undefined;
}

/** The reason that failover stored when it replaced the agent or gave up. */
function failoverReason({ events = [] }: Evidence): string | undefined {
  const last = events.findLast(({ what }) => what.kind === 'gave_up' || what.kind === 'failover');
  return last && 'reason' in last.what ? last.what.reason : undefined;
}

/** The verdict if no worker has the job. */
export function withoutAssignment(evidence: Evidence, asked: RequestedAgent): Verdict {
  const { now } = evidence;
  const about = { agent: asked.agent, deployment: asked.deployment };
  const said = loggedReason(evidence, asked);
  const words = said?.why;
  const workers = workersOf(evidence, asked);
  const waited = seconds(now - asked.at);
  if (!words && now - asked.at < JOBLESS_MS) {
    return { cause: 'on-its-way', ...about, seconds: waited };
  }
  const isListed = evidence.agents.some(({ name }) => name === asked.agent);
  if (!words && isListed && now - asked.at > LONG_AGO_MS) {
    return { cause: 'long-ago', ...about, reason: failoverReason(evidence), seconds: waited };
  }
  const gone = silent(workers);
  if (words === 'timed out' && !gone) return { cause: 'unanswered', ...about };
  const lost = (one: Reported, cause: 'frozen' | 'worker-gone'): Verdict => {
    return { cause, ...about, other: one.report.worker, seconds: seconds(now - one.at) };
  };
  if (gone && words === 'timed out') return lost(gone, 'frozen');
  const why = workers.speaking.length > 0 ? state(workers, about) : undefined;
  // A worker that cannot start jobs reports itself as full, so that it gets none.
  if (words === 'full') return why ?? { cause: 'full', ...about };
  if (workers.speaking.length === 0) {
    return gone ? lost(gone, 'worker-gone') : noWorker(evidence, asked, about, workers);
  }
  if ((words === 'no worker' || words === 'no answer') && (!why || why.cause === 'full')) {
    const kept = refusedWorker(evidence);
    if (kept) return kept;
    // A worker that is live by its report but unknown to the server is connected to another server. One that has not
    // reported since may have stopped.
    const since = workers.speaking.find(({ at }) => at > (said?.at ?? 0));
    if (since) return { cause: 'wrong-server', ...about, other: since.report.worker };
    return lost(workers.speaking[0] as Reported, 'worker-gone');
  }
  if (why) return why;
  if (words === 'refused') return { cause: 'refused', ...about };
  return { cause: 'unknown', ...about, reason: failoverReason(evidence), seconds: waited };
}
