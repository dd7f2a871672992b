// Waits in the queue while all agents are busy: repeats the request with the ticket, at the interval that the server
// asks for, until it is the caller's turn.

import { POSITION_EXPIRES_MS } from '@/lib/dispatch/queue/queue';
import { type QueuePosition, queuePositionIn } from '@/lib/dispatch/queue/queue-status';
import { Refused } from './ask';

interface Waiting {
  /** Called with each position, and with undefined when the wait is over. */
  readonly onPlace: (place: number | undefined) => void;
  /** Aborted when the caller leaves the queue. */
  readonly left: AbortSignal;
}

/**
 * Resolves after `ms` milliseconds.
 * @throws the reason of `left`, as soon as it is aborted
 */
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

/** Whether a retry can help: no response, or a server error. */
const canRetry = ({ refusal }: Refused) => !refusal || refusal.status >= 500;

/**
 * Resolves with the result of `ask` when it is the caller's turn.
 * @param ask sends one request, with the ticket of the position
 * @throws {Refused} for other errors; in the queue, only once the position has expired
 */
export async function waitInQueue<T>(
  ask: (ticket: string | undefined) => Promise<T>,
  { onPlace, left }: Waiting,
): Promise<T> {
  let held: { readonly line: QueuePosition; readonly at: number } | undefined;
  for (;;) {
    const at = performance.now();
    try {
      const answer = await ask(held?.line.ticket);
      if (held) onPlace(undefined);
      return answer;
    } catch (error) {
      left.throwIfAborted();
      const line = error instanceof Refused && error.refusal && queuePositionIn(error.refusal);
      if (line) {
        held = { line, at };
        onPlace(line.place);
      } else if (
        !held ||
        !(error instanceof Refused) ||
        !canRetry(error) ||
        at - held.at >= POSITION_EXPIRES_MS
      ) {
        throw error;
      }
    }
    await pause(held.line.askAgainMs, left);
  }
}
