// The watch of this process: it holds lifelines, as every web process does, and watches the calls while
// it is the one that leads.
import { z } from 'zod';
import type { KeptEvent } from '@/lib/calls/event';
import { readEvents, readLiveEvents } from '@/lib/calls/store/live-events';
import { onRecorded } from '@/lib/calls/store/recorded';
import { lead } from '@/lib/cluster/leader';
import { heard, onMissed, tellOthers } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';
import { serverConfig } from '@/lib/core/server-config';
import { poll } from '@/lib/core/wait';
import { type LiveKit, liveKit } from '@/lib/livekit/clients';
import { forgetWorker } from '@/lib/livekit/workers';
import { type LifelineOf, Lifelines, lifelineOf } from './lifelines';
import { deadWorkers } from './orphans';
import { Watcher } from './watcher';

// The watching of one web process for all: fed by what is written here, by what others write, and at its
// beginning by the calls that are on.

/** Milliseconds between comparisons with what LiveKit has. Our own choice. */
const RECONCILE_EVERY_MS = 15_000;
/** Milliseconds for which is remembered what was known at the beginning: others tell of it within them. */
const KNOWN_MS = 60_000;

const complain = (error: unknown) => console.error(redact(`watcher: ${error}`));

/** Watches the calls of all web processes. */
class Leading {
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
    this.#stopLooking = poll(RECONCILE_EVERY_MS, failing, async () => {
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

const current = processSingleton('failover', (): { watch?: Watch } => ({}));

/** What watches. */
export interface Watch {
  readonly lifelines: Lifelines;
  /** Whether this process watches the calls, and not another one. */
  readonly leads: () => boolean;
  stop(): Promise<void>;
}

/** Whether this process watches the calls, for all web processes. */
export const leadsTheWatch = (): boolean => current().watch?.leads() ?? false;

/** The watch of this process, begun at its first use. @throws {ConfigError} while settings are wrong */
export function watching(): Watch {
  const before = current().watch;
  if (before) return before;
  const config = serverConfig();
  const livekit = liveKit(config);
  let leading: Leading | undefined;
  const begin = () => {
    leading = new Leading(livekit);
  };
  const end = () => {
    leading?.stop();
    leading = undefined;
  };
  const gone = (whose: LifelineOf) => {
    if (!whose.job) return forgetWorker(whose.worker);
    leading?.lost(whose);
  };
  const tellGone = (whose: LifelineOf) => {
    gone(whose);
    tellOthers('gone', whose);
  };
  const lifelines = new Lifelines(tellGone, (whose) => tellOthers('opened', whose));
  heard('gone', lifelineOf, gone);
  heard('opened', lifelineOf, (whose) => lifelines.openedElsewhere(whose));
  heard('events', z.array(z.string()), (ids) => leading?.read(ids));
  onMissed('watch', () => {
    if (!leading) return;
    end();
    begin();
  });
  const endFeed = onRecorded(({ events }) => {
    for (const worker of deadWorkers(events)) tellGone({ worker });
    leading?.take(events);
  });
  const stopLeading = lead('watcher', config.DATABASE_URL, { begin, end });
  const watch: Watch = {
    lifelines,
    leads: () => leading !== undefined,
    stop() {
      current().watch = undefined;
      endFeed();
      return stopLeading();
    },
  };
  current().watch = watch;
  return watch;
}
