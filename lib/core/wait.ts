// Timeouts, waiting for a condition, and polling.
import { setTimeout as pause } from 'node:timers/promises';
import { englishDuration } from '@/lib/core/figures';
import { logError } from '@/lib/core/log';

/** Milliseconds between two attempts of {@link waitFor}. */
const POLL_MS = 60;

/** No answer within the timeout. */
export class TimeoutError extends Error {
  constructor(readonly timeoutMs: number) {
    super(`no answer within ${englishDuration(timeoutMs)}`);
    this.name = 'TimeoutError';
  }
}

/** The result of `work`. @throws {TimeoutError} after `timeoutMs` milliseconds; otherwise whatever `work` throws */
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
 * Polls `look` until it returns a value, and returns that value; undefined if there is none within `timeoutMs`
 * milliseconds. `undefined` and `false` mean "not yet".
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

/** Whole milliseconds since `from`, a value of `performance.now()`. */
export const since = (from: number) => Math.round(performance.now() - from);

/**
 * Calls `look` at once, and again `everyMs` milliseconds after each call has finished. Repeated failures are logged once.
 * @param failing log message before the error of a failed call
 * @param look gets a signal that is aborted when polling stops
 * @returns a function that stops polling and resolves when the current call has finished
 */
export function poll(
  everyMs: number,
  failing: string,
  look: (stopping: AbortSignal) => Promise<void>,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    let failed = false;
    while (!signal.aborted) {
      try {
        await look(signal);
        failed = false;
      } catch (error) {
        if (!failed) logError(`${failing}`, error);
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
