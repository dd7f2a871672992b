// Waiting for a condition, at most so long, and no longer than the whole is wanted.
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between looks. */
const LOOK_MS = 50;

/**
 * Looks until it is so; false where it is not within `ms`.
 * @throws the signal's reason once that is aborted
 */
export async function until(
  look: () => boolean,
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!look()) {
    signal.throwIfAborted();
    if (performance.now() > deadline) return false;
    await pause(LOOK_MS, undefined, { signal });
  }
  return true;
}
