// Timeouts, waiting for a condition, and polling.
import { setTimeout as pause } from 'node:timers/promises';
import { redact } from './redact';

/** Milliseconds between two looks of {@link waitFor}. */
const POLL_MS = 60;

/** No answer within the timeout. */
export class TimeoutError extends Error {
  constructor(readonly timeoutMs: number) {
    super(`no answer within ${timeoutMs / 1_000} s`);
    this.name = 'TimeoutError';
  }
}

/** The result of `work`. @throws {TimeoutError} after `timeoutMs` milliseconds; else whatever the work throws */
export async function withTimeout<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Looks until there is something, and returns it; undefined where there was nothing within `timeoutMs` milliseconds.
 * `false` is not there yet.
 * @throws the signal's reason once it is aborted
 */
export async function waitFor<T>(
  timeoutMs: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    signal?.throwIfAborted();
    if (performance.now() >= deadline) return undefined;
    await pause(POLL_MS, undefined, { signal });
  }
}

/** Milliseconds since `from` of `performance.now()`, whole. */
export const since = (from: number) => Math.round(performance.now() - from);

/**
 * Looks at once, and again `everyMs` milliseconds after each look has ended. A failure that lasts is logged once.
 * @param failing what is logged before the error of a look that failed
 * @returns what stops it, and resolves when the look under way is over
 */
export function poll(
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
