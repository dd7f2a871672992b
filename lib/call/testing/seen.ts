// A call as it is observed a second after connecting, for tests of what the caller is told.
import type { Observed, ObservedAgent } from '../observed';

/** One that is there and has said nothing of itself yet. */
export const agent: ObservedAgent = {
  agent: 'front-desk',
  state: undefined,
  hereMs: 1_000,
  audible: true,
  deployment: 'production',
  leaving: undefined,
  quietMs: 100,
};

/** Nobody there yet; what differs is set over it. */
export const seen: Observed = {
  room: 'connected',
  roomMs: 1_000,
  place: undefined,
  waitedMs: 1_000,
  joinTimeoutMs: 15_000,
  online: true,
  asked: { agent: 'front-desk', deployment: 'production' },
  share: undefined,
  moving: 'no',
  people: { count: 0, speaking: false },
  calledBack: false,
  agent: undefined,
  departure: undefined,
  agentCame: true,
  replacement: undefined,
  ended: undefined,
};
/** One that is gone without a word. */
export const went = { leaving: undefined, removed: false, agoMs: 0 } as const;
