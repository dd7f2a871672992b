// Time limits for what may never answer, and waiting for what must be looked for again and again.
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks. */
const LOOK_EVERY_MS = 60;

/** No answer within the limit. */
export class TooLate extends Error {
  constructor(readonly limitMs: number) {
    super(`no answer within ${limitMs / 1_000} s`);
    this.name = 'TooLate';
  }
}

/** The answer. @throws {TooLate} after `limitMs` milliseconds; else whatever the work throws */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks until something is seen; undefined where nothing was within `limitMs` milliseconds. */
export async function lookFor<T>(
  limitMs: number,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T | undefined> {
  const until = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() >= until) return undefined;
    await pause(LOOK_EVERY_MS);
  }
}

/** Milliseconds since `from` of `performance.now()`, whole. */
export const since = (from: number) => Math.round(performance.now() - from);
