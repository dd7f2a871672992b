// Waiting for something that must happen soon. A process that was blocked is not a part that is stuck: what arrived meanwhile
// is handled first.

/** Milliseconds by which a timer may be late before the process counts as blocked. Our own choice. */
const BLOCKED_MS = 200;

/** One wait at a time, of the same length. */
export class Patience {
  #timer: NodeJS.Timeout | undefined;
  #since = 0;

  /** @param over called when a wait has lasted `ms` milliseconds, with how long it really was */
  constructor(
    private readonly ms: number,
    private readonly over: (waitedMs: number) => void,
  ) {}

  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  /** Waits from now on; a wait in progress begins anew. */
  wait(): void {
    this.#since = performance.now();
    this.#arm(this.ms);
  }

  /** Ends the wait: what must happen has happened, or need not. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    const due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      const late = performance.now() - due;
      // As much time as the process has lost.
      if (late > BLOCKED_MS) return this.#arm(Math.min(late, this.ms));
      this.#timer = undefined;
      this.over(Math.round(performance.now() - this.#since));
    }, ms);
    this.#timer.unref();
  }
}
