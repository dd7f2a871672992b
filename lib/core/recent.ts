// Recent entries by key, limited by age and by number, so that a flood cannot fill the memory.

/** A map that drops its oldest entries. */
export class Recent<T = true> {
  readonly #entries = new Map<string, { value: T; at: number }>();

  /**
   * @param maxAgeMs milliseconds after which an entry is dropped
   * @param maxSize number of entries above which the oldest are dropped
   */
  constructor(
    readonly maxAgeMs: number,
    readonly maxSize: number,
  ) {}

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    return entry && Date.now() - entry.at < this.maxAgeMs ? entry.value : undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: T): void {
    const now = Date.now();
    this.#entries.delete(key);
    this.#entries.set(key, { value, at: now });
    for (const [oldest, { at }] of this.#entries) {
      if (now - at < this.maxAgeMs && this.#entries.size <= this.maxSize) break;
      this.#entries.delete(oldest);
    }
  }
}
