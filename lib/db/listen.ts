// Dedicated connections to PostgreSQL, which are reopened whenever they are lost, and notifications on one of them. The
// driver's own `listen` (postgres 3.4.9) does not reconnect if the server cannot be reached at once.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';

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
const RECONNECT_MS = 1_000;

/** Options for a long-lived connection: timeouts in seconds, and TCP keep-alive. */
const LONG_LIVED = {
  max: 1,
  connect_timeout: 5,
  max_lifetime: null,
  fetch_types: false,
  onnotice() {},
} as const;

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Keeps a connection of its own open, and reopens it whenever it is lost, until the returned function is called.
 * @param options of the driver, beside those of all long-lived connections
 * @param begin is called on each new connection; `first` for the first attempt
 * @param failed is called when the connection or `begin` fails
 */
export function keepConnection(
  url: string,
  options: object,
  begin: (client: postgres.Sql, first: boolean) => Promise<void>,
  failed: (error: unknown, first: boolean) => void = () => {},
): () => Promise<void> {
  const stopping = new AbortController();
  const run = async () => {
    for (let first = true; !stopping.signal.aborted; first = false) {
      const lost = new AbortController();
      const client = postgres(url, { ...LONG_LIVED, ...options, onclose: () => lost.abort() });
      // Also ends a pending query of `begin`.
      const end = () => client.end({ timeout: 0 }).catch(() => undefined);
      stopping.signal.addEventListener('abort', end, { once: true });
      try {
        await begin(client, first);
        await aborted(AbortSignal.any([stopping.signal, lost.signal]));
      } catch (error) {
        if (!stopping.signal.aborted) failed(error, first);
      }
      stopping.signal.removeEventListener('abort', end);
      await end();
      await pause(RECONNECT_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}

/**
 * Listens until the returned function is called. After a lost connection is restored, subscribers are
 * notified that messages may have been missed.
 */
export function listen(url: string): () => Promise<void> {
  // `onnotify` exists in the driver but not in its types.
  const onnotify = (_channel: string, payload: string) => {
    for (const one of subscribers()) one.onMessage(payload);
  };
  return keepConnection(
    url,
    { onnotify },
    async (client, first) => {
      await client`listen ${client(CHANNEL)}`;
      if (!first) for (const one of subscribers()) one.onMissed();
    },
    (error, first) => {
      if (!first) return;
      logError('cannot listen for messages of other web processes', error);
    },
  );
}
