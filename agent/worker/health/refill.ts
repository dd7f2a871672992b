// When to replace a process that took a job: once that call has begun. Starting one takes a core
// for most of a second, which on a small machine would delay the caller who has just pressed Start.
import type { Pool, Waiting } from './framework';

/** Milliseconds from a job until the next process is started: by then its agent is speaking. */
export const REFILL_MS = 1_500;

/** Gives the processes of a pool to jobs, and lets the pool start replacements. */
export class Refill {
  /** Functions that let the pool start a replacement, each with its timer. */
  readonly #later = new Map<() => void, ReturnType<typeof setTimeout>>();
  /** Jobs waiting for a process. */
  #jobs = 0;

  constructor(private readonly queue: Pool['warmedProcQueue']) {}

  /**
   * A process for a job, once there is one.
   * @throws if `signal` is aborted before
   */
  async take(signal: AbortSignal): Promise<Waiting['proc']> {
    this.#jobs += 1;
    this.#look();
    try {
      const { proc, unlock } = await this.queue.get({ signal });
      this.#later.set(unlock, setTimeout(() => this.#start(unlock), REFILL_MS).unref());
      return proc;
    } finally {
      this.#jobs -= 1;
      this.#look();
    }
  }

  /** A job is offered, which will need a process soon. */
  offered(): void {
    if (this.queue.items.length === 0) this.#startAll();
  }

  /** No job should wait for a process that is not even starting. */
  #look(): void {
    if (this.#jobs > this.queue.items.length) this.#startAll();
  }

  #startAll(): void {
    for (const unlock of this.#later.keys()) this.#start(unlock);
  }

  #start(unlock: () => void): void {
    clearTimeout(this.#later.get(unlock));
    if (this.#later.delete(unlock)) unlock();
  }
}
