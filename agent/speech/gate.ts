// A bounded queue: an engine does one thing at a time, a few callers wait in order, and the next one
// is told to come back, because speech that is answered late is of no use in a call.
import { setImmediate } from 'node:timers/promises';
import { Problem } from './problem';

/** Seconds after which a refused client should try again: a full queue is worked off in about one. */
const RETRY_AFTER_SECONDS = 1;

/** One engine's queue. */
export class Gate {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  /** @param bound how many may wait besides the one at work. */
  constructor(private readonly bound: number) {}

  /**
   * Runs the job when its turn comes; never starts it when the signal was aborted before.
   * @param admitted true for the later parts of work that was let in already: they wait, unrefused.
   * @throws {Problem} 503 when the queue is full.
   * @throws the signal's reason when the client went away while it waited.
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
      // Engines block: let what is ready go out, and who gave up say so, before the next job.
      await setImmediate();
      signal.throwIfAborted();
      return await job();
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  /** Hands the engine over without a gap in which a newcomer could take it. */
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
