// Takes LiveKit's webhooks in, at once: each is kept for its call, and acted upon once, after the answer.
import { inspect } from 'node:util';
import type { WebhookEvent } from 'livekit-server-sdk';
import { Problem } from '@/lib/core/problem';
import { Recent } from '@/lib/core/recent';
import { redact } from '@/lib/core/redact';
import { type RoomEvent, roomEvent } from './event';

// Work in turns: of one room one after the other, of all rooms a few at once, and not more waiting
// than can be remembered. A burst of webhooks so neither mixes up a room nor floods LiveKit's API.

type Work = () => Promise<void>;

/** A queue of work by room. */
class RoomQueue {
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

/** Milliseconds for which an event's id is kept: a stolen webhook's signature holds for five minutes. */
const SEEN_MS = 10 * 60_000;
/** Ids that are kept at most: 10 MB. An older one repeated fires nothing, being late. */
const SEEN_MAX = 100_000;
/** Rooms that are worked on at once. Our own choice: LiveKit's API is asked several things for each. */
const AT_ONCE = 16;
/** Events that may wait. More are sent back to LiveKit, which tries again for 15 s. */
const WAITING_MAX = 10_000;

/** An intake of webhooks. */
export class Intake {
  /** Events that are acted upon, and whether they are kept too. */
  readonly #seen = new Recent<{ kept: boolean }>(SEEN_MS, SEEN_MAX);
  readonly #queue: RoomQueue;

  /**
   * @param handle what is done with an event; its failure is logged
   * @param keep keeps an event; false where it cannot
   */
  constructor(
    readonly handle: (event: RoomEvent) => Promise<void>,
    readonly keep: (id: string, event: RoomEvent) => boolean,
    waitingMax = WAITING_MAX,
  ) {
    this.#queue = new RoomQueue(AT_ONCE, waitingMax, (error) => {
      // A server that is away fails every event of a burst: one line each is enough.
      const what = error instanceof Problem ? error.detail : inspect(error);
      console.error(redact(`webhooks: ${what}`));
    });
  }

  /**
   * Takes an event in. Never waits.
   * @throws {Problem} 400 for one without an id; 503 when too many wait or it cannot be kept, so that
   * it is sent again: what is kept twice counts once, and is acted upon once.
   */
  take(received: WebhookEvent): void {
    if (!received.id) throw new Problem('invalid-request', '#/id: is missing.');
    const seen = this.#seen.get(received.id);
    if (seen?.kept) return;
    const event = roomEvent(received);
    const begun = !event || seen || this.#queue.add(event.room.name, () => this.handle(event));
    // Acted upon also where it cannot be kept: a caller is not to wait for a full disk.
    const kept = !event || this.keep(received.id, event);
    if (begun) this.#seen.set(received.id, { kept });
    if (begun && kept) return;
    throw new Problem('busy', 'Send it again in some seconds.', {}, { 'retry-after': '1' });
  }
}
