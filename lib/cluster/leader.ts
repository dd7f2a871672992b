// Leader election: work that one web process does for all, the one that holds PostgreSQL's advisory lock. The lock
// belongs to the connection, so the server releases it as soon as that process dies, for whatever reason.
import { keepConnection } from '@/lib/db/listen';
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
  let leading = false;
  const stop = keepConnection(
    url,
    { connection: { application_name: `callboard ${name}`, ...KEEPALIVE } },
    async (client) => {
      if (leading) {
        const [row] =
          await client`select pg_try_advisory_lock(${LOCK_KEYS.lead}, hashtext(${name})) as got`;
        if (row?.got) return;
        leading = false;
        work.end();
      }
      await client`select pg_advisory_lock(${LOCK_KEYS.lead}, hashtext(${name}))`;
      leading = true;
      work.begin();
    },
  );
  return async () => {
    await stop();
    if (leading) work.end();
  };
}
