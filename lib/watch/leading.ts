// The watching of one web process for all: fed by what is written here, by what others write, and at its
// beginning by the calls that are on.
import type { KeptEvent } from '../calls/event';
import { readEvents, readLiveEvents } from '../calls/store/live-events';
import { keepLooking } from '../keep-looking';
import type { LiveKit } from '../livekit';
import { redact } from '../redact';
import type { LifelineOf } from './lifelines';
import { Watcher } from './watcher';

/** Milliseconds between comparisons with what LiveKit has. Our own choice. */
const RECONCILE_EVERY_MS = 15_000;
/** Milliseconds for which is remembered what was known at the beginning: others tell of it within them. */
const KNOWN_MS = 60_000;

const complain = (error: unknown) => console.error(redact(`watcher: ${error}`));

/** Watches the calls of all web processes. */
export class Leading {
  readonly #watcher: Watcher;
  readonly #stopLooking: () => Promise<void>;
  /** Events that were taken before or with those that were there at the beginning. */
  #known: Set<string> | undefined = new Set();
  #caughtUp = () => {};
  /** What others wrote is read in the order in which it was told. */
  #reading = new Promise<void>((resolve) => {
    this.#caughtUp = resolve;
  });
  #begun = false;

  constructor(livekit: LiveKit) {
    this.#watcher = new Watcher(() => livekit);
    const failing = 'watcher: rooms cannot be compared';
    this.#stopLooking = keepLooking(RECONCILE_EVERY_MS, failing, async () => {
      if (!this.#begun) this.#begin(await readLiveEvents());
      await this.#watcher.reconcile();
    });
  }

  #begin(live: readonly KeptEvent[]): void {
    this.#watcher.take(live.filter(({ id }) => !this.#known?.has(id)));
    for (const { id } of live) this.#known?.add(id);
    this.#begun = true;
    this.#caughtUp();
    setTimeout(() => {
      this.#known = undefined;
    }, KNOWN_MS).unref();
  }

  /** This process wrote them. */
  take(events: readonly KeptEvent[]): void {
    for (const { id } of events) this.#known?.add(id);
    this.#watcher.take(events);
  }

  /** Another process wrote events of these ids. */
  read(ids: readonly string[]): void {
    this.#reading = this.#reading.then(async () => {
      const fresh = ids.filter((id) => !this.#known?.has(id));
      if (fresh.length > 0) this.#watcher.take(await readEvents(fresh));
    });
    // What could not be read is seen when rooms are compared.
    this.#reading = this.#reading.catch(complain);
  }

  /** A process is gone. */
  lost(whose: LifelineOf): void {
    // Where LiveKit is away, who is in which room is compared when it is back.
    this.#watcher.lost(whose).catch(complain);
  }

  stop(): void {
    void this.#stopLooking();
    this.#watcher.stop();
  }
}
