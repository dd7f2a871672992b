// Looks again and again for what nobody tells, until it is stopped: one look after the other, and a fault
// that lasts is said once.
import { setTimeout as pause } from 'node:timers/promises';
import { redact } from './redact';

/**
 * Looks at once, and then every `everyMs` milliseconds after the last look.
 * @param failing what is said before the error of a look that failed
 * @returns what stops it, and resolves when the look under way is over
 */
export function keepLooking(
  everyMs: number,
  failing: string,
  look: () => Promise<void>,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    let failed = false;
    while (!signal.aborted) {
      try {
        await look();
        failed = false;
      } catch (error) {
        if (!failed) console.error(redact(`${failing}: ${error}`));
        failed = true;
      }
      await pause(everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const ended = run();
  return () => {
    stopping.abort();
    return ended;
  };
}
