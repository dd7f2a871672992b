// Watches the roll-outs in one web process for all: in whichever leads. Another goes on where it ended.
import { setTimeout as pause } from 'node:timers/promises';
import { keepLooking } from '../keep-looking';
import { lead } from '../processes/lead';
import { serverConfig } from '../server-config';
import { REPORT_STALE_MS } from '../worker-report';
import { lookAtRollouts } from './look';
import { followRollouts } from './share';

/** Milliseconds between two looks. Our own choice: a small part of a call. */
const LOOK_MS = 5_000;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardRolloutWatch?: () => Promise<void> };

/**
 * Puts the roll-outs in force and watches them from now on. Called once, when the process starts.
 * @throws {ConfigError} while settings are wrong
 */
export function watchRollouts(): void {
  if (shared.callboardRolloutWatch) return;
  let stop: (() => Promise<void>) | undefined;
  const began = Date.now();
  const begin = () => {
    stop = keepLooking(LOOK_MS, 'roll-outs cannot be looked at', async () => {
      // Until every worker had the time to report, some of production's may be missing.
      const wait = began + REPORT_STALE_MS - Date.now();
      if (wait > 0) await pause(wait, undefined, { ref: false });
      await lookAtRollouts();
    });
  };
  const end = () => {
    void stop?.();
    stop = undefined;
  };
  shared.callboardRolloutWatch = lead('roll-outs', serverConfig().DATABASE_URL, { begin, end });
  // The start waits for no database: until they are read, nobody is given away.
  void followRollouts();
}
