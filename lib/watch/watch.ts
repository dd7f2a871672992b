// The watcher of this process: fed by what is told of calls, by lifelines, and at its start by the calls
// that were on when the process before it ended.
import { readLiveEvents } from '../calls/store/live-events';
import { onRecorded } from '../calls/store/recorded';
import { keepLooking } from '../keep-looking';
import { liveKit } from '../livekit';
import { redact } from '../redact';
import { serverConfig } from '../server-config';
import { forgetWorker } from '../workers';
import { Lifelines } from './lifelines';
import { deadWorkers } from './orphans';
import { Watcher } from './watcher';

/** Milliseconds between comparisons with what LiveKit has. Our own choice. */
const RECONCILE_EVERY_MS = 15_000;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardWatch?: Watch };

/** What watches. */
export interface Watch {
  readonly lifelines: Lifelines;
  stop(): void;
}

/** The watch of this process, begun at its first use. @throws {ConfigError} while settings are wrong */
export function watching(): Watch {
  if (shared.callboardWatch) return shared.callboardWatch;
  const livekit = liveKit(serverConfig());
  const watcher = new Watcher(() => livekit);
  const lifelines = new Lifelines((whose) => {
    if (!whose.job) return forgetWorker(whose.worker);
    watcher.lost(whose).catch((error: unknown) => {
      // LiveKit is away: who is in which room is compared when it is back.
      console.error(redact(`watcher: ${error}`));
    });
  });
  const endFeed = onRecorded(({ events }) => {
    for (const worker of deadWorkers(events)) forgetWorker(worker);
    watcher.take(events);
  });
  let caughtUp = false;
  const stopLooking = keepLooking(
    RECONCILE_EVERY_MS,
    'watcher: rooms cannot be compared',
    async () => {
      if (!caughtUp) watcher.take(await readLiveEvents());
      caughtUp = true;
      await watcher.reconcile();
    },
  );
  shared.callboardWatch = {
    lifelines,
    stop() {
      shared.callboardWatch = undefined;
      void stopLooking();
      endFeed();
      watcher.stop();
    },
  };
  return shared.callboardWatch;
}
