// Leader election: work that one web process does for all, the one that holds PostgreSQL's advisory lock. The lock
// belongs to the connection, so the server releases it as soon as that process dies, for whatever reason.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { aborted, LONG_LIVED, RECONNECT_MS } from '@/lib/db/listen';
import { LOCK_KEYS } from './locks';

/**
 * TCP keep-alive in seconds. A machine that disappears loses the lock after `idle + interval × count`. Our own choice.
 */
const KEEPALIVE = {
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
} as const;

/** Work of the leader. */
interface Work {
  begin(): void;
  end(): void;
}

/**
 * Starts the work when this process becomes leader, and stops it when another one does. A leader that loses the
 * server continues until it knows of another leader, because calls need failover while the database is down too.
 * @param url the PostgreSQL server; without one this process is the only one and leads
 * @returns a function that stops taking part
 */
export function electLeader(
  name: string,
  url: string | undefined,
  work: Work,
): () => Promise<void> {
  if (url === undefined) {
    work.begin();
    return async () => work.end();
  }
  const stopping = new AbortController();
  let leading = false;
  const run = async () => {
    while (!stopping.signal.aborted) {
      const lost = new AbortController();
      const client = postgres(url, {
        ...LONG_LIVED,
        connection: { application_name: `callboard ${name}`, ...KEEPALIVE },
        onclose: () => lost.abort(),
      });
      // Also ends a pending wait for the lock.
      const end = () => client.end({ timeout: 0 }).catch(() => undefined);
      stopping.signal.addEventListener('abort', end, { once: true });
      try {
        if (leading) {
          const [row] =
            await client`select pg_try_advisory_lock(${LOCK_KEYS.lead}, hashtext(${name})) as got`;
          if (!row?.got) {
            leading = false;
            work.end();
          }
        }
        if (!leading) {
          await client`select pg_advisory_lock(${LOCK_KEYS.lead}, hashtext(${name}))`;
          leading = true;
          work.begin();
        }
        await aborted(AbortSignal.any([stopping.signal, lost.signal]));
      } catch {
        // The server is down: retry. The store has logged the error.
      }
      stopping.signal.removeEventListener('abort', end);
      await end();
      await pause(RECONNECT_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
    if (leading) work.end();
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}
