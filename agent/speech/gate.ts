// A bounded queue: an engine does one thing at a time, a few clients wait in order, and the next
// one is refused, because late speech is useless in a call.
import { setImmediate } from 'node:timers/promises';
import { Problem } from '@/agent/speech/problem';

/** Seconds after which a refused client should retry: a full queue takes about one. */
const RETRY_AFTER_SECONDS = 1;

/** One engine's queue. */
export class Gate {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

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
    if (this.#busy) {
      if (!admitted && this.#waiting.length >= this.bound) {
        throw new Problem(503, 'busy', 'The speech server has too much to do. Try again.', {
          retryAfter: RETRY_AFTER_SECONDS,
        });
      }
      await this.#turn(signal);
    }
    this.#busy = true;
    try {
      // Engines block the event loop: let responses and disconnects be handled before the next job.
      await setImmediate();
      signal.throwIfAborted();
      return await job();
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  /** Passes the engine on without a gap in which a newcomer could take it. */
  #next(): void {
    const next = this.#waiting.shift();
    if (!next) return;
    this.#busy = true;
    next();
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(start);
    });
  }
}
