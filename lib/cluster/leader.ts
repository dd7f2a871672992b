// Work that one web process does for all: whoever has PostgreSQL's advisory lock. The lock is the
// connection's, so the server gives it on in the moment in which that process dies, however it dies.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { AGAIN_MS, aborted, LASTING } from '@/lib/db/listen';
import { PROCESS_LOCKS } from './locks';

/**
 * Signs of life in seconds, asked of a machine that has gone without a word: it loses the lock after
 * `idle + interval × count`. Our own choice.
 */
const KEEPALIVE = {
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
} as const;

/** What is done by whoever leads. */
interface Work {
  begin(): void;
  end(): void;
}

/**
 * Begins the work when this process leads, ends it when another one does. Who led and lost the server
 * goes on until it is known that another leads: calls are watched also while the database is away.
 * @param url the PostgreSQL server; without one this process is alone and leads
 * @returns what stops it
 */
export function lead(name: string, url: string | undefined, work: Work): () => Promise<void> {
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
        ...LASTING,
        connection: { application_name: `callboard ${name}`, ...KEEPALIVE },
        onclose: () => lost.abort(),
      });
      // Also ends a wait for the lock.
      const end = () => client.end({ timeout: 0 }).catch(() => undefined);
      stopping.signal.addEventListener('abort', end, { once: true });
      try {
        if (leading) {
          const [row] =
            await client`select pg_try_advisory_lock(${PROCESS_LOCKS.lead}, hashtext(${name})) as got`;
          if (!row?.got) {
            leading = false;
            work.end();
          }
        }
        if (!leading) {
          await client`select pg_advisory_lock(${PROCESS_LOCKS.lead}, hashtext(${name}))`;
          leading = true;
          work.begin();
        }
        await aborted(AbortSignal.any([stopping.signal, lost.signal]));
      } catch {
        // Away: tried again. The store has said why.
      }
      stopping.signal.removeEventListener('abort', end);
      await end();
      await pause(AGAIN_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
    if (leading) work.end();
  };
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
  };
}
