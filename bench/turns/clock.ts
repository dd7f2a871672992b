// The sound's own clock: things happen at their milliseconds of the sound, as fast as the machine can.

/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock that is moved by hand. */
export class SoundClock {
  now = 0;
  #due: { at: number; act: () => void }[] = [];
  /** Work whose length is being measured: the clock stands until it is known. */
  #open = new Set<Promise<unknown>>();

  /** Calls `act` at that time; returns what takes it back. */
  at(time: number, act: () => void): () => void {
    const entry = { at: Math.max(time, this.now), act };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  /** Does work that takes `work().cost` milliseconds from now on, and resolves when they are over. */
  async takes<T>(work: () => Promise<{ value: T; cost: number }>): Promise<T> {
    const begun = this.now;
    const measured = work();
    this.#open.add(measured);
    const { value, cost } = await measured.finally(() => this.#open.delete(measured));
    return new Promise((resolve) => this.at(begun + cost, () => resolve(value)));
  }

  /** Moves on to `time`, and does on the way what is due. */
  async moveTo(time: number): Promise<void> {
    for (;;) {
      await settled();
      while (this.#open.size > 0) {
        await Promise.allSettled([...this.#open]);
        await settled();
      }
      const next = this.#due.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.now = next.at;
      next.act();
    }
    this.now = time;
  }
}
