// The one way in which tests wait: for a condition, with a limit, and a message that says what did not come.
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds from one look to the next. */
const EVERY_MS = 50;

/**
 * Looks until there is something, and returns it. `false`, `undefined`, `null` and an error are not there yet.
 * @param what is waited for, as in "the agent's greeting"
 * @param timeout milliseconds; many times what it takes on a quiet machine
 * @throws what did not come, with the last error as its cause
 */
export async function waitFor<T>(
  what: string,
  look: () => T | Promise<T>,
  timeout = 20_000,
): Promise<Exclude<T, false | undefined | null>> {
  const deadline = performance.now() + timeout;
  let cause: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== false && found !== undefined && found !== null) {
        return found as Exclude<T, false | undefined | null>;
      }
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) {
      const why = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Error(`Waited ${timeout / 1_000} s for ${what}${why}`, { cause });
    }
    await pause(EVERY_MS);
  }
}
