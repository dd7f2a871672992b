// Waits in line while all agents are busy: asks again with the ticket, at the pace the server names,
// until it is the caller's turn. Nothing is asked while nobody waits.

import { LOST_MS } from '@/lib/dispatch/queue/queue';
import { type PlaceInLine, placeIn } from '@/lib/dispatch/queue/queue-status';
import { Refused } from './ask';

interface Waiting {
  /** Told of each place, and of undefined when the wait is over. */
  readonly onPlace: (place: number | undefined) => void;
  /** Aborted when the caller leaves the line. */
  readonly left: AbortSignal;
}

/** Resolves after `ms` milliseconds. @throws the reason of `left`, at once when it is aborted */
function pause(ms: number, left: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(left.reason);
    };
    const timer = setTimeout(() => {
      left.removeEventListener('abort', stop);
      resolve();
    }, ms);
    left.addEventListener('abort', stop, { once: true });
  });
}

/** Whether who asked may be heard the next time: no answer, or a server in trouble. */
const mayPass = ({ refusal }: Refused) => !refusal || refusal.status >= 500;

/**
 * What `ask` resolves with once it is not told to wait.
 * @param ask asks once, with the ticket of the place that is held
 * @throws {Refused} of another kind; in line only once the place cannot be held any more
 */
export async function waitInQueue<T>(
  ask: (ticket: string | undefined) => Promise<T>,
  { onPlace, left }: Waiting,
): Promise<T> {
  let held: { readonly line: PlaceInLine; readonly at: number } | undefined;
  for (;;) {
    const at = performance.now();
    try {
      const answer = await ask(held?.line.ticket);
      if (held) onPlace(undefined);
      return answer;
    } catch (error) {
      left.throwIfAborted();
      const line = error instanceof Refused && error.refusal && placeIn(error.refusal);
      if (line) {
        held = { line, at };
        onPlace(line.place);
      } else if (
        !held ||
        !(error instanceof Refused) ||
        !mayPass(error) ||
        at - held.at >= LOST_MS
      ) {
        throw error;
      }
    }
    await pause(held.line.askAgainMs, left);
  }
}
