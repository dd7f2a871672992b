// Watches the roll-outs in one web process for all: in whichever leads. Another goes on where it ended.
import { setTimeout as pause } from 'node:timers/promises';
import { lead } from '@/lib/cluster/leader';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { poll } from '@/lib/core/wait';
import { REPORT_STALE_MS } from '@/lib/livekit/worker-report';
import { lookAtRollouts } from './look';
import { followRollouts } from './share';

/** Milliseconds between two looks. Our own choice: a small part of a call. */
const LOOK_MS = 5_000;

const current = processSingleton('rollout-watch', (): { stop?: () => Promise<void> } => ({}));

/**
 * Puts the roll-outs in force and watches them from now on. Called once, when the process starts.
 * @throws {ConfigError} while settings are wrong
 */
export function watchRollouts(): void {
  if (current().stop) return;
  let stop: (() => Promise<void>) | undefined;
  const began = Date.now();
  const begin = () => {
    stop = poll(LOOK_MS, 'roll-outs cannot be looked at', async () => {
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
  current().stop = lead('roll-outs', serverConfig().DATABASE_URL, { begin, end });
  // The start waits for no database: until they are read, nobody is given away.
  void followRollouts();
}
