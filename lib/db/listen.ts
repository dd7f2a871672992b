// Listens for PostgreSQL notifications on a dedicated connection, which is reopened whenever it is lost. The
// driver's own `listen` (postgres 3.4.9) does not reconnect if the server cannot be reached at once.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { processSingleton } from '@/lib/core/process-singleton';
import { redact } from '@/lib/core/redact';

/** Channel of all notifications. */
export const CHANNEL = 'callboard';

/** Receives notifications. */
interface Subscriber {
  /** Called with each notification. */
  onMessage(payload: string): void;
  /** Called when notifications may have been missed. */
  onMissed(): void;
}

/** The subscribers of this process. */
export const subscribers = processSingleton('notifications', () => new Set<Subscriber>());

/** Milliseconds before the next attempt. */
export const RECONNECT_MS = 1_000;

/** Options for a long-lived connection: timeouts in seconds, and TCP keep-alive. */
export const LONG_LIVED = {
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
 * Listens until the returned function is called. After a lost connection is restored, subscribers are
 * notified that messages may have been missed.
 */
export function listen(url: string): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    for (let first = true; !stopping.signal.aborted; first = false) {
      const lost = new AbortController();
      // `onnotify` exists in the driver but not in its types.
      const options = {
        ...LONG_LIVED,
        onnotify: (_channel: string, payload: string) => {
          for (const one of subscribers()) one.onMessage(payload);
        },
        onclose: () => lost.abort(),
      };
      const client = postgres(url, options);
      try {
        await client`listen ${client(CHANNEL)}`;
        if (!first) for (const one of subscribers()) one.onMissed();
        await aborted(AbortSignal.any([stopping.signal, lost.signal]));
      } catch (error) {
        if (first)
          console.error(redact(`cannot listen for messages of other web processes: ${error}`));
      }
      await client.end({ timeout: 0 }).catch(() => undefined);
      await pause(RECONNECT_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}
