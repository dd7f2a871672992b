// Waiting for a condition, at most so long.
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds for what must come: a limit, not a goal. */
const LIMIT_MS = 30_000;

/**
 * Looks every `everyMs` until there is something; resolves with it.
 * @throws Error that names `what` was waited for
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { everyMs = 50, limitMs = LIMIT_MS } = {},
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs / 1_000} s`);
    await pause(everyMs);
  }
}
