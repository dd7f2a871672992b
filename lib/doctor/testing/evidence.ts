// Evidence for tests of verdicts: a call requested twenty seconds ago that looks fine but has no agent, and
// variations.
import type { EventData } from '@/lib/calls/event';
import type { Evidence, LiveRoom, SentDispatch } from '@/lib/doctor/diagnosis/evidence';
import type { LogFact, Unsent } from '@/lib/doctor/server-log';
import type { WorkerReport } from '@/lib/livekit/worker-report';

export const NOW = 1_800_000_000_000;
/** When the agent was requested: long enough ago for everything to be known. */
export const ASKED = NOW - 20_000;
export const ROOM = 'call-1';

export const eventAt = (what: EventData, at = ASKED) => ({ at, what });
export const requested = (agent = 'front-desk', deployment = 'production') =>
  eventAt({ kind: 'requested', origin: 'page', agent, deployment, identity: 'caller' });
export const dispatched = (agent = 'front-desk', deployment = 'production') =>
  eventAt({ kind: 'dispatched', agent, deployment, by: 'token' });
export const started = eventAt({ kind: 'room_started' }, ASKED + 100);
export const assigned = eventAt(
  { kind: 'job_assigned', job: 'AJ', agent: 'front-desk', deployment: 'production', worker: 'w-1' },
  ASKED + 200,
);
export const refusedFor = (reason: string) =>
  eventAt(
    {
      kind: 'job_refused',
      job: 'AJ',
      agent: 'front-desk',
      deployment: 'production',
      worker: 'w-1',
      reason,
    },
    ASKED + 200,
  );
export const failed = (message: string) =>
  eventAt({ kind: 'error', where: 'job', message }, ASKED + 900);

export function worker(report: Partial<WorkerReport> = {}, at = NOW - 1_000) {
  const usual = { worker: 'w-1', agent: 'front-desk', deployment: 'production', version: '1' };
  const state = { activeJobs: 0, maxJobs: 8, state: 'live' as const };
  return { at, report: { ...usual, ...state, ...report } };
}

export const sent = (over: Partial<SentDispatch> = {}): SentDispatch => ({
  agent: 'front-desk',
  deployment: 'production',
  at: ASKED + 100,
  jobs: [],
  ...over,
});
export const job = { id: 'AJ', at: ASKED + 200, error: '' };
export const person = (over: object = {}) => ({
  identity: 'caller',
  isAgent: false,
  agent: '',
  joinedAt: ASKED + 100,
  active: true,
  ...over,
});
export const live = (over: Partial<LiveRoom> = {}): LiveRoom => ({
  since: ASKED + 50,
  metadata: '',
  people: [person()],
  sent: [sent()],
  ...over,
});
export const unsent = (why: Unsent, over: Partial<LogFact> = {}): LogFact =>
  ({ what: 'unsent', agent: 'front-desk', why, at: ASKED + 3_100, line: why, ...over }) as LogFact;
/** A worker that registered, as the server logs it, or whose connection ended. */
export const registered = (
  agent: string,
  worker: string,
  what: 'registered' | 'closed' = 'registered',
): LogFact => ({ what, agent, worker, at: ASKED - 60_000, line: what });
export const turnedAway = (why: 'secret' | 'key' | 'clock'): LogFact => ({
  what: 'unauthorized',
  path: '/agent',
  why,
  at: NOW - 2_000,
  line: '401',
});

export function evidence(over: Partial<Evidence> = {}): Evidence {
  return {
    now: NOW,
    room: ROOM,
    server: 'answers',
    live: live(),
    events: [requested(), dispatched(), started],
    reports: [worker()],
    refused: undefined,
    log: undefined,
    agents: [
      { name: 'front-desk', deployments: ['production', 'staging'], source: 'code' },
      { name: 'line-check', deployments: ['production', 'staging'], source: 'code' },
      { name: 'mine', deployments: ['production', 'staging'], source: 'team' },
    ],
    livekitUrl: 'ws://127.0.0.1:7880',
    webhookAt: NOW - 1_000,
    ...over,
  };
}

export const asks = (agent: string, deployment = 'production') => ({
  events: [requested(agent, deployment), dispatched(agent, deployment), started],
  live: live({
    sent: [sent({ agent, deployment })],
  }),
});
