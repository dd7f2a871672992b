// Waiting for something that must happen soon. What is late because the process was blocked or the machine is busy is not
// stuck: it gets more time. Asking for it again would make the machine busier.
import type { CpuInfo } from 'node:os';
import { busyBetween, machine, timeBetween } from '@/agent/core/machine-load';

/** Milliseconds by which a timer may be late before the process counts as blocked. Our own choice. */
const BLOCKED_MS = 200;

/** Share of the machine's processors in use at which everything becomes slow. Our own choice. */
const BUSY = 0.9;
/** Milliseconds over which it is measured, at the end of a wait. */
const LOOK_MS = 250;
/** How much longer than usual a wait takes at most on a busy machine. Our own choice: nobody waits for longer. */
const LONGER = 3;
/** Milliseconds after which it is looked at again, if that is shorter than the wait. */
const AGAIN_MS = 1_000;

/** One wait at a time, of the same length. */
export class Patience {
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #timesBlocked = 0;

  /** @param over called when a wait has lasted `ms` milliseconds or longer, with how long it really was */
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
    this.#timesBlocked = 0;
    this.#arm(this.ms);
  }

  /** Ends the wait: what must happen has happened, or need not. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #waitedMs(): number {
    return performance.now() - this.#since;
  }

  #arm(ms: number): void {
    const due = performance.now() + ms;
    const look = Math.min(LOOK_MS, ms);
    this.#after(ms - look, () => {
      const before = machine.cpus();
      this.#after(look, () => {
        const late = performance.now() - due;
        // As much time as the process has lost, for what has arrived meanwhile.
        if (late > BLOCKED_MS && this.#timesBlocked++ < LONGER) {
          return this.#arm(Math.min(late, this.ms));
        }
        if (isBusy(before, look) && this.#waitedMs < LONGER * this.ms) {
          return this.#arm(Math.min(this.ms, AGAIN_MS));
        }
        this.#timer = undefined;
        this.over(Math.round(this.#waitedMs));
      });
    });
  }

  #after(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
    this.#timer.unref();
  }
}

/** Whether the machine was busy since a sample, which was taken `ms` milliseconds ago. */
function isBusy(before: readonly CpuInfo[], ms: number): boolean {
  const after = machine.cpus();
  // Fewer ticks are too few to tell.
  const isKnown = timeBetween(before, after) > (after.length * ms) / 4;
  return isKnown && busyBetween(before, after) > BUSY;
}
