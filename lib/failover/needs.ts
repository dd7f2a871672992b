// What a watched room lacks at a moment, and so what has to be done. Pure.
import type { WatchedAgent, WatchedRoom } from './watched-room';

/**
 * Milliseconds for a worker to take the job: LiveKit's own limit for an answer is 3 s, after which it
 * asks nobody else.
 */
export const TAKEN_MS = 4_000;
/** Milliseconds for an agent whose job was taken to be in the room. Our own choice: a start takes one. */
export const JOINED_MS = 8_000;
/** Milliseconds for one to be back at a server that was restarted: clients try again at least every 7 s. */
export const BACK_MS = 15_000;
/** Milliseconds for which a worker is waited for where none is live: one that crashed is back by then. */
export const WORKER_MS = 20_000;
/** How often an agent is replaced in one call. */
export const ATTEMPTS_MAX = 2;
/** Milliseconds from the caller's hanging up until the room is closed, if its agent has not done so. */
const CLOSE_MS = 700;

/** An agent that should be there and is not. */
export interface Missing {
  readonly kind: 'missing';
  readonly agent: WatchedAgent;
  /** What was seen, in words. */
  readonly reason: string;
  /** Worker process that had its chance. */
  readonly avoid: string | undefined;
}

/** What is to be done in a room. */
export type Need = Missing | { readonly kind: 'close' };

function missing(agent: WatchedAgent, now: number): Missing[] {
  const { progress } = agent;
  const late = (limit: number) => now - progress.since >= limit;
  const need = (reason: string, avoid?: string): Missing[] => [
    { kind: 'missing', agent, reason, avoid },
  ];
  switch (progress.phase) {
    case 'sent':
      return late(TAKEN_MS) ? need('no worker took the job') : [];
    case 'assigned':
      return late(JOINED_MS)
        ? need('its worker took the job, and it did not join', progress.worker)
        : [];
    case 'returning':
      return late(BACK_MS) ? need('it did not come back', progress.worker) : [];
    case 'lost':
      return need(progress.reason);
    case 'here':
      return [];
    default:
      return progress satisfies never;
  }
}

/** What a room needs at `now` (milliseconds since 1970). Where nobody is left to talk with, no agent. */
export function needs({ sid, people, agents, gone, hungUpAt }: WatchedRoom, now: number): Need[] {
  // A token that was made and not used yet.
  if (sid === undefined) return [];
  if (people.size > 0) return [...agents.values()].flatMap((agent) => missing(agent, now));
  // A room in which no agent ever was is not ours to close.
  const known = agents.size > 0 || gone.size > 0;
  return known && hungUpAt !== undefined && now - hungUpAt >= CLOSE_MS ? [{ kind: 'close' }] : [];
}
