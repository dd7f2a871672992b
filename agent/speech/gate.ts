// A bounded queue: an engine does one thing at a time, a few clients wait in order, and the next
// one is refused, because late speech is useless in a call.
import { setImmediate } from 'node:timers/promises';
import PQueue from 'p-queue';
import { Problem } from '@/agent/speech/problem';

/** Seconds after which a refused client should retry: a full queue takes about one. */
const RETRY_AFTER_SECONDS = 1;

/** One engine's queue. */
export class Gate {
  readonly #queue = new PQueue({ concurrency: 1 });

  /** @param bound how many jobs may wait besides the running one */
  constructor(private readonly bound: number) {}

  /**
   * Runs the job in its turn; never starts it if the signal was aborted before.
   * @param admitted true for later parts of an admitted request: they wait instead of being refused
   * @throws {Problem} 503 when the queue is full
   * @throws the signal's reason when the client disconnected while waiting
   */
  async run<T>(job: () => Promise<T> | T, signal: AbortSignal, admitted = false): Promise<T> {
    signal.throwIfAborted();
    if (!admitted && this.#queue.pending > 0 && this.#queue.size >= this.bound) {
      throw new Problem(503, 'busy', 'The speech server has too much to do. Try again.', {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    }
    // Only while it waits: the engine of a running job stays busy, whether or not its client is there.
    const waiting = new AbortController();
    const leave = () => waiting.abort(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    const turn = async () => {
      signal.removeEventListener('abort', leave);
      // Engines block the event loop: let responses and disconnects be handled before the next job.
      await setImmediate();
      signal.throwIfAborted();
      return job();
    };
    return this.#queue.add(turn, { signal: waiting.signal });
  }
}
