// Receives LiveKit's webhooks without delay: each event is stored first, and processed once, after the response.
import type { WebhookEvent } from 'livekit-server-sdk';
import { type RoomEvent, roomEvent } from '@/lib/calls/webhooks/event';
import { logError } from '@/lib/core/log';
import { Problem } from '@/lib/core/problem';
import { Recent } from '@/lib/core/recent';

// Serializes work per room, a few rooms at a time, with a limit on waiting work. So a burst of webhooks neither mixes up
// the events of a room nor floods LiveKit's API.

type Work = () => Promise<void>;

/** A work queue by room. */
class RoomQueue {
  readonly #waiting = new Map<string, Work[]>();
  readonly #ready: string[] = [];
  #running = 0;
  #size = 0;

  /**
   * @param atOnce maximum number of rooms processed at the same time
   * @param maxSize maximum number of waiting and running work items
   * @param failed called with an error; the following work is done all the same
   */
  constructor(
    readonly atOnce: number,
    readonly maxSize: number,
    readonly failed: (error: unknown) => void,
  ) {}

  /** Adds work; false if the queue is full. Work never runs before this returns. */
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
    // Goes to the end of the queue: a busy room must not block the others.
    if (line.length > 0) this.#ready.push(room);
    else this.#waiting.delete(room);
    this.#next();
  }
}

/** Milliseconds for which event ids are remembered: the signature of a stolen webhook is valid for five minutes. */
const SEEN_MS = 10 * 60_000;
/** Maximum number of remembered ids: 10 MB. Replaying an older one has no effect, because it is late. */
const SEEN_MAX = 100_000;
/** Rooms processed at once. Our own choice: each needs several requests to LiveKit. */
const AT_ONCE = 16;
/** Maximum number of waiting events. LiveKit retries the rest for 15 s. */
const WAITING_MAX = 10_000;

/** Receives webhooks. */
export class Intake {
  /** Events that are being processed, and whether they are stored too. */
  readonly #seen = new Recent<{ kept: boolean }>(SEEN_MS, SEEN_MAX);
  readonly #queue: RoomQueue;

  /**
   * @param handle processes an event; its errors are logged
   * @param keep stores an event; false if it cannot
   */
  constructor(
    readonly handle: (event: RoomEvent) => Promise<void>,
    readonly keep: (id: string, event: RoomEvent) => boolean,
    waitingMax = WAITING_MAX,
  ) {
    this.#queue = new RoomQueue(AT_ONCE, waitingMax, (error) => {
      logError('webhooks', error);
    });
  }

  /**
   * Receives an event. Never waits.
   * @throws {Problem} 400 for one without an id; 503 if too many are waiting or it cannot be stored, so that LiveKit
   * sends it again: duplicates are stored and processed once.
   */
  take(received: WebhookEvent): void {
    if (!received.id) throw new Problem('invalid-request', '#/id: is missing.');
    const seen = this.#seen.get(received.id);
    if (seen?.kept) return;
    const event = roomEvent(received);
    const begun = !event || seen || this.#queue.add(event.room.name, () => this.handle(event));
    // Processed even if it cannot be stored: a caller must not wait because of a full disk.
    const kept = !event || this.keep(received.id, event);
    if (begun) this.#seen.set(received.id, { kept });
    if (begun && kept) return;
    throw new Problem('busy', 'Send it again in a few seconds.', {}, { 'retry-after': '1' });
  }
}
