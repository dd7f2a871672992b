// Waiting for what must come: always for a condition, at most so long.
import { expect, vi } from 'vitest';

/** Milliseconds for what comes before a fault: processes may still be starting. */
export const SOON_MS = 30_000;
/**
 * Milliseconds for another agent in the place of a lost one. It takes about one on an idle machine; LiveKit alone
 * notices after 20 s that one is lost.
 */
export const REPLACED_MS = 18_000;
/** Milliseconds between looks: limits are seconds. */
export const LOOK_MS = 100;

/** Asks again and again until it is so, at most so long. */
export const within = <T>(ms: number, value: () => T | Promise<T>) =>
  expect.poll(value, { timeout: ms, interval: LOOK_MS });

/** The same for what is not a row's limit. */
export const soon = <T>(value: () => T | Promise<T>) => within(SOON_MS, value);

/** Milliseconds for parts to be there: they are built before. */
const READY_MS = 90_000;

/** Waits for what a test begins with; `expect.poll` is for tests alone. */
export const before = (look: () => Promise<void>) =>
  vi.waitFor(look, { timeout: READY_MS, interval: LOOK_MS });
