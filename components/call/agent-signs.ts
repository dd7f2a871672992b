// When the agents of a call came, and when each last gave a sign of life. Times are milliseconds of
// `performance.now()`.
export class AgentSigns {
  readonly #since = new Map<string, number>();
  readonly #last = new Map<string, number>();

  /** It is here, from now unless it was before. */
  arrived(identity: string, now: number): void {
    if (!this.#since.has(identity)) this.#since.set(identity, now);
  }

  /** It gave a sign of life. */
  gave(identity: string, now: number): void {
    this.#last.set(identity, now);
  }

  hereMs(identity: string, now: number): number {
    return now - (this.#since.get(identity) ?? now);
  }

  /** Undefined for one that gives no signs. */
  quietMs(identity: string, now: number): number | undefined {
    const last = this.#last.get(identity);
    return last === undefined ? undefined : now - last;
  }

  /** Counts silence from now. */
  forgive(now: number): void {
    for (const identity of this.#last.keys()) this.#last.set(identity, now);
  }

  forget(identity: string): void {
    this.#since.delete(identity);
    this.#last.delete(identity);
  }

  clear(): void {
    this.#since.clear();
    this.#last.clear();
  }
}
