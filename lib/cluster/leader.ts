// Leader election: work that one web process does for all, the one that holds PostgreSQL's advisory lock. The lock
// belongs to the connection, so the server releases it as soon as that process dies, for whatever reason.

import type { Ground } from '@/lib/cluster/ground';
import { LOCK_KEYS } from '@/lib/cluster/locks';
import { withDatabase } from '@/lib/db/database';
import { keepConnection } from '@/lib/db/listen';

/**
 * How the server finds out that a connection is gone, in seconds. A machine that disappears loses the lock after
 * `idle + interval × count`, and a process that ends while it waits for the lock no longer waits. Our own choice.
 */
const NOTICED = {
  tcp_keepalives_idle: '5',
  tcp_keepalives_interval: '2',
  tcp_keepalives_count: '3',
  client_connection_check_interval: '5s',
} as const;

/**
 * Names of locks that are not those of their elections: before 0.2, failover was called watcher. The lock keeps that name,
 * because while an update replaces web processes one after the other, only one of both releases may lead.
 */
const LOCKS: Readonly<Record<string, string>> = { failover: 'watcher' };

interface Work {
  begin(): void;
  end(): void;
}

/**
 * Starts the work when this process becomes leader, and stops it when another one does. A leader that loses the
 * server continues until it knows of another leader, because calls need failover while the database is down too.
 * Without a PostgreSQL server this process is the only one and leads.
 * @returns a function that stops taking part
 */
export function electLeader(server: Ground, name: string, work: Work): () => Promise<void> {
  const url = server.config.DATABASE_URL;
  if (url === undefined) {
    work.begin();
    return async () => work.end();
  }
  let leading = false;
  const stop = keepConnection(
    url,
    { name, settings: NOTICED },
    `cannot take part in the leader election for ${name}`,
    async (client) => {
      // A lock would stay behind on a pooler that `openServer` refuses.
      await withDatabase(server, async () => undefined);
      const lock = async (how: 'pg_try_advisory_lock' | 'pg_advisory_lock') => {
        const query = `select ${how}($1, hashtext($2)) as got`;
        return (await client.query(query, [LOCK_KEYS.lead, LOCKS[name] ?? name])).rows[0]?.got;
      };
      if (leading) {
        if (await lock('pg_try_advisory_lock')) return;
        leading = false;
        work.end();
      }
      await lock('pg_advisory_lock');
      leading = true;
      work.begin();
    },
  );
  return async () => {
    await stop();
    if (leading) work.end();
  };
}
