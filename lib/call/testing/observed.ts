// Observations of a call a second after connecting, for tests of the join state.
import type { Observed, ObservedAgent } from '@/lib/call/observed';

/** An agent that is there and has reported no state yet. */
export const agent: ObservedAgent = {
  agent: 'front-desk',
  state: undefined,
  hereMs: 1_000,
  audible: true,
  deployment: 'production',
  leaving: undefined,
  quietMs: 100,
};

/** No agent yet. Tests override what differs. */
export const seen: Observed = {
  room: 'connected',
  roomMs: 1_000,
  position: undefined,
  waitedMs: 1_000,
  joinTimeoutMs: 15_000,
  online: true,
  asked: { agent: 'front-desk', deployment: 'production' },
  share: undefined,
  moving: 'no',
  people: { count: 0, speaking: false },
  calledBack: false,
  agent: undefined,
  unanswered: false,
  departure: undefined,
  agentCame: true,
  replacement: undefined,
  ended: undefined,
};
/** An agent that left without a reason. */
export const went = { why: 'unknown', agoMs: 0 } as const;
