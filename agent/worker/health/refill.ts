// When a process that took a job is replaced: once that call has begun. Starting one takes a core for most
// of a second, for which the caller who has just pressed Start would wait where there are few of them.
import type { Pool, Waiting } from './framework';

/** Milliseconds from a job until the next process is started: by then its agent is heard. */
export const REFILL_MS = 1_500;

/** Gives the processes of a pool to jobs, and lets it start others in their place. */
export class Refill {
  /** What lets the pool start another, for each that is still to be, and when it will. */
  readonly #later = new Map<() => void, ReturnType<typeof setTimeout>>();
  /** Jobs that wait for a process. */
  #jobs = 0;

  constructor(private readonly queue: Pool['warmedProcQueue']) {}

  /** A process for a job, once there is one. @throws where `signal` is aborted before */
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

  /** A job is offered, which will need a process in a moment. */
  offered(): void {
    if (this.queue.items.length === 0) this.#startAll();
  }

  /** Nobody waits for a process that is not even starting. */
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
