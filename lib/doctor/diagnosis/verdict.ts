// Why did no agent join? Derives one verdict from the evidence, by rules in the order of their certainty: past events
// come before the current state, and the unknown is reported as unknown.
import { isDeployment } from '@/lib/core/deployment';
import type { Cause } from '@/lib/doctor/diagnosis/causes';
import {
  type Evidence,
  type RequestedAgent,
  type SentDispatch,
  seconds,
  type Verdict,
} from '@/lib/doctor/diagnosis/evidence';
import { withoutAssignment } from '@/lib/doctor/diagnosis/unassigned';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';

/** Milliseconds for a job in an idle process to join on a busy machine. Our own choice. */
const JOINS_MS = 10_000;
/** Milliseconds for an agent's media to connect: a machine in a data center takes under one second. */
const AGENT_MEDIA_MS = 8_000;
/** Milliseconds for a browser's media to connect: ICE's limit of 15 s. */
const MEDIA_MS = 15_000;
/** Milliseconds for a browser with a token to reach the server. Our own choice. */
const REACHES_MS = 10_000;

/** The last requested agent, by events or dispatches. */
export function requestedAgent({ asked, events = [], live }: Evidence): RequestedAgent | undefined {
  if (asked) return asked;
  const requested = events.findLast(
    ({ what }) => what.kind === 'dispatched' || what.kind === 'requested',
  );
  if (requested && (requested.what.kind === 'dispatched' || requested.what.kind === 'requested')) {
    const { agent, deployment } = requested.what;
    return { agent, deployment, at: requested.at };
  }
  return live?.sent.filter(({ agent }) => agent !== '').toSorted((a, b) => b.at - a.at)[0];
}

const SERVER: Partial<Record<Evidence['server'], Cause>> = {
  unreachable: 'server-unreachable',
  secret: 'web-secret',
  key: 'web-key',
  clock: 'web-clock',
  other: 'server-refuses',
};

/** The verdict if an agent is or was there, or its media is blocked. */
function presence({ live, events = [], now }: Evidence): Verdict | undefined {
  const agents = live?.people.filter(({ isAgent }) => isAgent) ?? [];
  const here = agents.find(({ active }) => active);
  if (here) return { cause: 'there', agent: here.agent };
  const [stuck] = agents;
  if (stuck) {
    const waited = now - stuck.joinedAt;
    const cause = waited > AGENT_MEDIA_MS ? 'agent-media-blocked' : 'on-its-way';
    return { cause, agent: stuck.agent || undefined, seconds: seconds(waited) };
  }
  const came = events.findLast(({ what }) => what.kind === 'agent_joined');
  if (came?.what.kind !== 'agent_joined') return undefined;
  const left = events.findLast(({ at, what }) => at >= came.at && what.kind === 'agent_left');
  const why = left?.what.kind === 'agent_left' ? left.what.why : undefined;
  return { cause: 'came', agent: came.what.agent, left: why };
}

/** The verdict if the caller never needed an agent: LiveKit dispatches one when somebody joins. */
function caller(evidence: Evidence, asked: RequestedAgent | undefined): Verdict | undefined {
  const { live, events = [], now, webhookAt } = evidence;
  const people = live?.people.filter(({ isAgent }) => !isAgent) ?? [];
  const stuck = people.find(({ active, joinedAt }) => !active && now - joinedAt > MEDIA_MS);
  if (stuck && !people.some(({ active }) => active)) {
    return { cause: 'caller-media-blocked', seconds: seconds(now - stuck.joinedAt) };
  }
  const kinds = new Set(events.map(({ what }) => what.kind));
  const began = kinds.has('room_started') || kinds.has('person_joined') || live !== undefined;
  if (began || !kinds.has('token_minted') || !asked) return undefined;
  if (now - asked.at < REACHES_MS) return { cause: 'on-its-way', agent: asked.agent };
  // Without webhooks, a missing room event means nothing.
  return webhookAt === undefined ? undefined : { cause: 'caller-never-came', agent: asked.agent };
}

/** The agent named in metadata, which some expect to cause a dispatch. */
function namedIn(metadata: string, { agents, reports }: Evidence): string | undefined {
  const names = [...agents.map(({ name }) => name), ...reports.map(({ report }) => report.agent)];
  return names.find((name) => name !== '' && metadata.includes(name));
}

function notDispatched(evidence: Evidence, asked: RequestedAgent | undefined): Verdict | undefined {
  const { live, log = [], room, reports } = evidence;
  const refused = log.findLast((fact) => fact.what === 'bad deployment' && fact.room === room);
  if (refused && (!live || refused.at >= live.since - 1_000)) {
    return { cause: 'deployment-refused', agent: asked?.agent, reason: refused.line };
  }
  if (asked && !isDeployment(asked.deployment, evidence.livekitUrl)) {
    return { cause: 'deployment-refused', agent: asked.agent, deployment: asked.deployment };
  }
  if (!live || live.sent.some(({ agent }) => agent !== '')) return undefined;
  if (asked) {
    const existed = live.since < asked.at - 1_000;
    return existed ? { cause: 'token-ignored', agent: asked.agent } : undefined;
  }
  const named = namedIn(live.metadata, evidence);
  if (named) return { cause: 'name-in-metadata', agent: named };
  const noJob = live.sent.every(({ jobs }) => jobs.length === 0);
  if (live.sent.length > 0 && noJob) {
    const workers = reports.map(({ report }) => report.agent);
    return { cause: 'automatic-expected', other: [...new Set(workers)].join(', ') || undefined };
  }
  return { cause: 'nobody-asked' };
}

const sentFor = (
  { live }: Evidence,
  { agent, deployment, namesProduction }: RequestedAgent,
): SentDispatch | undefined =>
  live?.sent
    .filter(
      (sent) =>
        sent.agent === agent &&
        sent.deployment === deployment &&
        sent.namesProduction === namesProduction,
    )
    .toSorted((a, b) => b.at - a.at)[0];

/** Derives the verdict from the evidence. */
export function diagnose(evidence: Evidence): Verdict {
  const verdict = firstCause(evidence);
  const isBlocked = /-media-blocked$/.test(verdict.cause);
  return isBlocked && evidence.isAlone ? { ...verdict, cause: 'no-network' } : verdict;
}

function firstCause(evidence: Evidence): Verdict {
  const faulty = SERVER[evidence.server];
  const asked = requestedAgent(evidence);
  const known = evidence.events?.length || asked || evidence.live;
  const seen = presence(evidence);
  if (seen?.cause === 'came' || seen?.cause === 'there') return seen;
  if (faulty) return { cause: faulty };
  if (!known) return { cause: evidence.events ? 'no-room' : 'unknown' };
  const early = seen ?? caller(evidence, asked) ?? notDispatched(evidence, asked);
  if (early) return early;
  if (!asked) return { cause: 'unknown' };
  const sent = sentFor(evidence, asked);
  return (
    afterAssignment(evidence, asked, sent, JOINS_MS) ??
    withoutAssignment(evidence, { ...asked, at: sent?.at ?? asked.at })
  );
}

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
function afterAssignment(
  evidence: Evidence,
  asked: RequestedAgent,
  sent: SentDispatch | undefined,
  joinsMs: number,
): Verdict | undefined {
  const { agent } = asked;
  const about = { agent, deployment: asked.deployment };
  const { now, events = [], log = [], room } = evidence;
  const since = (sent?.at ?? asked.at) - 1_000;
  const reported = lastJobEvent(evidence, asked, since);
  const job = sent?.jobs.at(-1);
  if (reported?.what.kind === 'job_refused') {
    const { reason, worker } = reported.what;
    const own = workerFault(evidence, worker, asked)?.cause === 'cannot-start';
    const known = REFUSALS.find(([words]) => words.test(reason))?.[1];
    return { cause: own ? 'cannot-start' : (known ?? 'refused'), ...about, reason, other: worker };
  }
  const logged = log.findLast(
    (fact) =>
      fact.what === 'assigned' && fact.room === room && fact.agent === agent && fact.at >= since,
  );
  const at = job?.at ?? reported?.at ?? logged?.at;
  if (at === undefined) return undefined;

  const worker = reported?.what.kind === 'job_assigned' ? reported.what.worker : undefined;
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
