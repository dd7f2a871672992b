// Listens to PostgreSQL's notifications on a connection of its own, which is opened again and again. The
// driver's own `listen` (postgres 3.4.9) does not come back where the server cannot be reached at once.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';

/** Channel of all notifications. */
export const CHANNEL = 'callboard';

/** Who takes what comes. */
interface Subscriber {
  /** One notification. */
  hear(payload: string): void;
  /** Notifications may have been missed. */
  missed(): void;
}

/** The subscribers of this process. */
export const subscribers = processSingleton('notifications', () => new Set<Subscriber>());

/** Milliseconds before it is tried again. */
export const AGAIN_MS = 1_000;

/** What a connection needs that is kept for long: seconds, and the kernel's signs of life. */
export const LASTING = {
  max: 1,
  connect_timeout: 5,
  max_lifetime: null,
  fetch_types: false,
  onnotice() {},
} as const;

/** Resolves when the signal is aborted. */
export const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Listens until it is stopped; returns what stops it. When the connection was lost and is there again,
 * it is told that something may have been missed.
 */
export function listen(url: string): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    for (let first = true; !stopping.signal.aborted; first = false) {
      const lost = new AbortController();
      // `onnotify` is in the driver, and not in its types.
      const options = {
        ...LASTING,
        onnotify: (_channel: string, payload: string) => {
          for (const one of subscribers()) one.hear(payload);
        },
        onclose: () => lost.abort(),
      };
      const client = postgres(url, options);
      try {
        await client`listen ${client(CHANNEL)}`;
        if (!first) for (const one of subscribers()) one.missed();
        await aborted(AbortSignal.any([stopping.signal, lost.signal]));
      } catch (error) {
        if (first) console.error(redact(`other web processes are not heard: ${error}`));
      }
      await client.end({ timeout: 0 }).catch(() => undefined);
      await pause(AGAIN_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}
