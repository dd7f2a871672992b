// Why no agent came though a worker was given the job, or refused it: the rules after the assignment.
import { shownDeployment } from '@/lib/core/deployment';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import { type Cause, seconds, type Verdict } from './cause';
import type { AskedFor, Evidence, Sent } from './evidence';

/** How our workers word a refusal that has a verdict of its own (`agent/worker/admission.ts`). */
const REFUSALS: readonly (readonly [RegExp, Cause])[] = [
  [/places are taken/, 'full'],
  [/being stopped/, 'draining'],
];

/** Names of errors that a job reports when its media cannot be connected. */
const BLOCKED = /could not establish|pc connection|ice |timed out.*connect|connect.*timed out/i;

/** The last thing a worker did with the job, by what it told. */
function lastTold({ events = [] }: Evidence, { agent }: AskedFor, since: number) {
  return events.findLast(
    ({ at, what }) =>
      at >= since &&
      (what.kind === 'job_assigned' || what.kind === 'job_refused') &&
      what.agent === agent,
  );
}

/** What is the case with the worker that has the job. */
function workerFault(evidence: Evidence, worker: string | undefined, asked: AskedFor) {
  const { reports, now } = evidence;
  const mine = reports.filter(
    ({ report: { agent, deployment, worker: id } }) =>
      agent === asked.agent &&
      deployment === asked.deployment &&
      (worker === undefined || id === worker),
  );
  const broken = mine.find(({ report }) => report.state === 'broken');
  if (broken) return { cause: 'cannot-start', report: broken } as const;
  // Without its name, only what all have in common can be said of the one.
  const silent = mine.filter(({ at }) => now - at > REPORT_STALE_MS);
  const [first] = silent;
  if (first && silent.length === mine.length)
    return { cause: 'worker-gone', report: first } as const;
  return undefined;
}

/** The verdict where a job was offered and answered; undefined where none was. */
export function afterAssignment(
  evidence: Evidence,
  asked: AskedFor,
  sent: Sent | undefined,
  joinsMs: number,
): Verdict | undefined {
  const { agent } = asked;
  const about = { agent, deployment: shownDeployment(asked.deployment) };
  const { now, events = [], log = [], room } = evidence;
  const since = (sent?.at ?? asked.at) - 1_000;
  const told = lastTold(evidence, asked, since);
  const job = sent?.jobs.at(-1);
  if (told?.what.kind === 'job_refused') {
    const { reason, worker } = told.what;
    const own = workerFault(evidence, worker, asked)?.cause === 'cannot-start';
    const known = REFUSALS.find(([words]) => words.test(reason))?.[1];
    return { cause: own ? 'cannot-start' : (known ?? 'refused'), ...about, reason, other: worker };
  }
  const logged = log.findLast(
    (fact) =>
      fact.what === 'assigned' && fact.room === room && fact.agent === agent && fact.at >= since,
  );
  const at = job?.at ?? told?.at ?? logged?.at;
  if (at === undefined) return undefined;

  const worker = told?.what.kind === 'job_assigned' ? told.what.worker : undefined;
  const fault = workerFault(evidence, worker, asked);
  if (fault?.cause === 'cannot-start') {
    const { worker: other, error: reason } = fault.report.report;
    return { cause: 'cannot-start', ...about, other, reason };
  }
  const failed = events.findLast(({ at: when, what }) => when >= at && what.kind === 'error');
  const message = failed?.what.kind === 'error' ? failed.what.message : job?.error || undefined;
  if (message) {
    const cause = BLOCKED.test(message) ? 'agent-media-blocked' : 'job-failed';
    return { cause, ...about, reason: message, other: worker };
  }
  if (now - at < joinsMs) return { cause: 'on-its-way', ...about, seconds: seconds(now - at) };
  const waited = { ...about, seconds: seconds(now - at) };
  if (fault) {
    const { report, at: last } = fault.report;
    return { cause: 'worker-gone', ...about, other: report.worker, seconds: seconds(now - last) };
  }
  return { cause: 'never-joined', ...waited, other: worker };
}
