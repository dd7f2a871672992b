// A clock of recorded sound: what happens in a call happens at its millisecond of the sound, as fast as the machine can.
import { minBy } from 'es-toolkit';

/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock that is moved by hand. */
export class SoundClock {
  now = 0;
  #due: { readonly at: number; readonly act: () => void }[] = [];
  /** Work whose length is being measured: the clock stands until it is known. */
  readonly #open = new Set<Promise<unknown>>();

  /** Calls `act` at that time. @returns a function that takes it back */
  at(time: number, act: () => void): () => void {
    const entry = { at: Math.max(time, this.now), act };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  /** Does work and resolves once its processor time is over, counted from now. */
  async takes<T>(work: () => Promise<T>): Promise<T> {
    const begun = this.now;
    const before = process.cpuUsage();
    const working = work();
    this.#open.add(working);
    const value = await working.finally(() => this.#open.delete(working));
    const { user, system } = process.cpuUsage(before);
    return new Promise((resolve) => {
      this.at(begun + (user + system) / 1_000, () => resolve(value));
    });
  }

  /** Moves on to a time, and does on the way what is due. */
  async moveTo(time: number): Promise<void> {
    for (;;) {
      await settled();
      while (this.#open.size > 0) {
        await Promise.allSettled([...this.#open]);
        await settled();
      }
      const next = minBy(
        this.#due.filter(({ at }) => at <= time),
        ({ at }) => at,
      );
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.now = next.at;
      next.act();
    }
    this.now = time;
  }
}
