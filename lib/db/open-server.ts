// The database on a PostgreSQL server (`DATABASE_URL`), for several web processes at once, which notify each
// other of changes.

import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { DatabaseUrl } from '@/lib/core/database-url';
import { logInfo } from '@/lib/core/log';
import { isProblem, Problem } from '@/lib/core/problem';
import { checkSessions } from '@/lib/db/check-sessions';
import { explain, ServerFault } from '@/lib/db/explain';
import { listen } from '@/lib/db/listen';
import { migrateForward } from '@/lib/db/migrate';
import type { Opened } from '@/lib/db/opened';
import type { Notified } from '@/lib/db/server';
import { newClient, openPool, parseServer, type ServerClient } from '@/lib/db/server-client';

/** Connections for queries per web process. Our own choice: a PostgreSQL server allows 100 by default. */
const CONNECTIONS = 10;
/** With one, work that needs a second connection would wait for itself. */
const CONNECTIONS_MIN = 2;
/** The limit for a statement and for a lock: a caller does not wait longer. */
const STATEMENT_LIMIT = '5s';
/** Milliseconds for a whole transaction: a server that is cut off or suspended never answers. */
const TRANSACTION_TIMEOUT_MS = 20_000;
/** Seconds after which a connection is replaced: a server that a name newly points to is used then. Our own choice. */
const LIFETIME_S = 3_600;
/** The limit for a lock during migrations, after which opening the database is tried again. Our own choice. */
const MIGRATION_LOCK_LIMIT = '20s';
/** Key of the advisory lock for migrations: any unused number. */
const MIGRATION_LOCK = 7_264_510;

/**
 * Connects and migrates.
 * @param notified receives the notifications of other web processes
 * @throws {Problem} 503 if the server cannot be used or its schema is newer than this code; the cause says why
 */
export async function openServer(text: string, notified?: Notified): Promise<Opened> {
  const url = parseServer(text);
  try {
    await checkSessions(newClient(url), newClient(url));
    await migrateServer(url);
  } catch (error) {
    if (isProblem(error)) throw error;
    throw new Problem(
      'database-unavailable',
      'The PostgreSQL server of DATABASE_URL cannot be used. The log and the doctor say why.',
      {},
      {},
      { cause: explain(error, url) },
    );
  }
  if (url.ignored.length > 0) {
    logInfo(`DATABASE_URL: these parameters have no effect: ${url.ignored.join(', ')}`);
  }
  const client = openPool(
    url,
    { settings: { statement_timeout: STATEMENT_LIMIT, lock_timeout: STATEMENT_LIMIT } },
    {
      max: Math.max(url.connections ?? CONNECTIONS, CONNECTIONS_MIN),
      idleTimeoutMillis: 0,
      maxLifetimeSeconds: LIFETIME_S,
    },
  );
  const stopListening = notified && listen(text, notified);
  return {
    db: drizzle(client.pool, { casing: 'snake_case' }),
    timeoutMs: TRANSACTION_TIMEOUT_MS,
    explain: (error) => explain(error, url),
    async close() {
      await Promise.all([stopListening?.(), client.close()]);
    },
  };
}

/** PostgreSQL's `server_version_num` of the oldest version that has what the tables and queries use: 12. */
const OLDEST = 120_000;

/** @throws {ServerFault} if the database cannot have the tables, or not everything that people say */
async function checkDatabase(client: ServerClient, { database, user }: DatabaseUrl): Promise<void> {
  const { rows } = await client.query(`select current_setting('server_version') as version,
    current_setting('server_version_num')::int as number, current_setting('server_encoding') as encoding`);
  const { version, number, encoding } = rows[0];
  const refuse = (message: string) => {
    throw new ServerFault(message, undefined);
  };
  if (number < OLDEST) refuse(`The server is PostgreSQL ${version}. Callboard needs 12 or newer.`);
  if (encoding !== 'UTF8' && encoding !== 'SQL_ASCII') {
    refuse(
      `The database ${database ?? user} has the encoding ${encoding}, in which not everything can be stored. Create one with UTF8.`,
    );
  }
}

/**
 * Migrates on a separate connection, which holds the lock. Statements may take long, but whoever holds a lock may hang.
 */
async function migrateServer(url: DatabaseUrl): Promise<void> {
  const client = await newClient(url, { settings: { lock_timeout: MIGRATION_LOCK_LIMIT } }).open();
  const db = drizzle(client, { casing: 'snake_case' });
  try {
    await checkDatabase(client, url);
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await migrateForward(db);
  } finally {
    await client.end();
  }
}
