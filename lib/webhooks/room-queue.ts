// Work in turns: of one room one after the other, of all rooms a few at once, and not more waiting
// than can be remembered. A burst of webhooks so neither mixes up a room nor floods LiveKit's API.

type Work = () => Promise<void>;

/** A queue of work by room. */
export class RoomQueue {
  readonly #waiting = new Map<string, Work[]>();
  readonly #ready: string[] = [];
  #running = 0;
  #size = 0;

  /**
   * @param atOnce rooms that are worked on at the same time
   * @param maxSize works that may wait or run
   * @param failed told of work that failed; what comes after it is done all the same
   */
  constructor(
    readonly atOnce: number,
    readonly maxSize: number,
    readonly failed: (error: unknown) => void,
  ) {}

  /** Takes the work in; false where there is no room for it. It never runs before this returns. */
  add(room: string, work: Work): boolean {
    if (this.#size >= this.maxSize) return false;
    this.#size += 1;
    const line = this.#waiting.get(room);
    if (line) {
      line.push(work);
    } else {
      this.#waiting.set(room, [work]);
      this.#ready.push(room);
      queueMicrotask(() => this.#next());
    }
    return true;
  }

  #next(): void {
    while (this.#running < this.atOnce) {
      const room = this.#ready.shift();
      if (room === undefined) return;
      this.#running += 1;
      void this.#runFirst(room);
    }
  }

  async #runFirst(room: string): Promise<void> {
    const line = this.#waiting.get(room) ?? [];
    try {
      await line[0]?.();
    } catch (error) {
      this.failed(error);
    }
    line.shift();
    this.#size -= 1;
    this.#running -= 1;
    // To the end: a room with much to do lets the others have their turn.
    if (line.length > 0) this.#ready.push(room);
    else this.#waiting.delete(room);
    this.#next();
  }
}
