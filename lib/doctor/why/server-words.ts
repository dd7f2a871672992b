// What the LiveKit server itself said of a dispatch, in its log: its lines tell of many at once, and most
// name no room.
import type { Unsent } from '../server-log';
import type { AskedFor, Evidence } from './evidence';

/** Milliseconds in which the server has said what became of a dispatch: 5 s to find a worker, 3 to ask. */
const SAID_MS = 10_000;
/**
 * Milliseconds after the dispatch before which the server cannot say this: words that come sooner are of
 * another dispatch of the same agent. It looks for a worker for 1 s, and waits 3 s for its answer.
 */
const SOONEST_MS: Partial<Record<Unsent, number>> = { 'no answer': 800, 'timed out': 2_500 };

/** The server's words about this dispatch, if it is our server. */
export function serverWords({ log = [], room }: Evidence, { agent, at }: AskedFor) {
  const facts = log.flatMap((fact) => {
    if (fact.what !== 'unsent' || fact.agent !== agent) return [];
    const after = fact.at - at;
    return after >= (SOONEST_MS[fact.why] ?? -1_000) && after <= SAID_MS ? [fact] : [];
  });
  // Those that name the room are certain; the others are of this name and this moment.
  const named = facts.find((fact) => fact.room === room);
  return named ?? facts.find((fact) => fact.room === undefined);
}
