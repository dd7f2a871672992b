// Why no agent joined although a worker accepted or refused the job.
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import { type Cause, seconds, type Verdict } from './cause';
import type { Evidence, RequestedAgent, SentDispatch } from './evidence';

/** How our workers word refusals that have their own verdict (`agent/worker/admission.ts`). */
const REFUSALS: readonly (readonly [RegExp, Cause])[] = [
  [/places are taken/, 'full'],
  [/being stopped/, 'draining'],
];

/** Errors of a job whose media cannot connect. */
const BLOCKED = /could not establish|pc connection|ice |timed out.*connect|connect.*timed out/i;

/** The worker's last event about the job. */
function lastJobEvent({ events = [] }: Evidence, { agent }: RequestedAgent, since: number) {
  return events.findLast(
    ({ at, what }) =>
      at >= since &&
      (what.kind === 'job_assigned' || what.kind === 'job_refused') &&
      what.agent === agent,
  );
}

/** What is wrong with the worker that has the job. */
function workerFault(evidence: Evidence, worker: string | undefined, asked: RequestedAgent) {
  const { reports, now } = evidence;
  const mine = reports.filter(
    ({ report: { agent, deployment, worker: id } }) =>
      agent === asked.agent &&
      deployment === asked.deployment &&
      (worker === undefined || id === worker),
  );
  const broken = mine.find(({ report }) => report.state === 'broken');
  if (broken) return { cause: 'cannot-start', report: broken } as const;
  // If its name is unknown, only what all workers have in common applies to it.
  const silent = mine.filter(({ at }) => now - at > REPORT_STALE_MS);
  const [first] = silent;
  if (first && silent.length === mine.length)
    return { cause: 'worker-gone', report: first } as const;
  return undefined;
}

/** The verdict if a worker accepted or refused the job; undefined if none did. */
export function afterAssignment(
  evidence: Evidence,
  asked: RequestedAgent,
  sent: SentDispatch | undefined,
  joinsMs: number,
): Verdict | undefined {
  const { agent } = asked;
  const about = { agent, deployment: asked.deployment };
  const { now, events = [], log = [], room } = evidence;
  const since = (sent?.at ?? asked.at) - 1_000;
  const told = lastJobEvent(evidence, asked, since);
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
