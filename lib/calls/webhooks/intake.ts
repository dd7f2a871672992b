// Receives LiveKit's webhooks without delay: each event is stored first, and processed once, after the response.
import type { WebhookEvent } from 'livekit-server-sdk';
import PQueue from 'p-queue';
import { type RoomEvent, roomEvent } from '@/lib/calls/webhooks/event';
import { growingCache } from '@/lib/core/growing-cache';
import { KeyedQueue } from '@/lib/core/keyed-queue';
import { logError } from '@/lib/core/log';
import { Problem } from '@/lib/core/problem';

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
  readonly #seen = growingCache<{ kept: boolean }>(SEEN_MS, SEEN_MAX);
  readonly #rooms = new KeyedQueue();
  readonly #queue = new PQueue({ concurrency: AT_ONCE });
  #waiting = 0;

  /**
   * @param handle processes an event; its errors are logged
   * @param keep stores an event; false if it cannot
   */
  constructor(
    readonly handle: (event: RoomEvent) => Promise<void>,
    readonly keep: (id: string, event: RoomEvent) => boolean,
    readonly waitingMax = WAITING_MAX,
  ) {}

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
    const kept = !event || this.keep(received.id, event);
    // Processed even if it cannot be stored: a caller must not wait because of a full disk.
    const begun = !event || seen || this.#begin(event);
    if (begun) this.#seen.set(received.id, { kept });
    if (begun && kept) return;
    throw new Problem('busy', 'Send it again in a few seconds.', {}, { 'retry-after': '1' });
  }

  /**
   * Processes an event after the earlier ones of its room, so that they are not mixed up, and a few rooms at a time, so that
   * a burst does not flood LiveKit's API. False if too many wait.
   */
  #begin(event: RoomEvent): boolean {
    if (this.#waiting >= this.waitingMax) return false;
    this.#waiting += 1;
    // The room joins the common queue anew for each event: a busy room must not block the others.
    void this.#rooms
      .add(event.room.name, () => this.#queue.add(() => this.handle(event)))
      .catch((error: unknown) => logError('webhooks', error))
      .finally(() => {
        this.#waiting -= 1;
      });
    return true;
  }
}
