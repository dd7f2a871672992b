// How tests wait: for a condition, with a timeout, and an error message that says what was missing.
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between attempts. */
const EVERY_MS = 50;
/** Milliseconds: many times what it takes on an idle machine, because a process may have to start on a busy one. */
export const TIMEOUT_MS = 60_000;

/**
 * Polls until there is a result, and returns it. `false`, `undefined`, `null` and errors mean "not yet".
 * @param what description of the condition, such as "the agent's greeting"
 * @throws if it times out, with the last error as cause
 */
export async function waitFor<T>(
  what: string,
  look: () => T | Promise<T>,
  timeout = TIMEOUT_MS,
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
