// Polling with timeouts.
import { expect, vi } from 'vitest';

/** Milliseconds for conditions without a limit of their own: it only ends tests that hang. A busy machine is ten times slower. */
export const SOON_MS = 90_000;
/** Milliseconds between polls. Timeouts are seconds. */
export const POLL_MS = 100;

/** Polls a value until the assertion on it holds, for at most `ms`. */
export const within = <T>(ms: number, value: () => T | Promise<T>) =>
  expect.poll(value, { timeout: ms, interval: POLL_MS });

/** Like {@link within}, with the default timeout. */
export const soon = <T>(value: () => T | Promise<T>) => within(SOON_MS, value);

/** Milliseconds until parts are ready; they are already built. */
const READY_MS = 90_000;

/** Waits for a precondition in a hook, where `expect.poll` is not available. */
export const waitUntilReady = (look: () => Promise<void>) =>
  vi.waitFor(look, { timeout: READY_MS, interval: POLL_MS });
