// The database on a PostgreSQL server (`DATABASE_URL`), for several web processes at once, which notify each
// other of changes.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Problem } from '@/lib/core/problem';
import { listen } from './listen';
import { migrateForward } from './migrate';
import type { Opened } from './opened';

/** Connections per web process. Our own choice: a PostgreSQL server allows 100 by default. */
const CONNECTIONS = 10;
/** Seconds to connect, and the limit for a statement: a caller does not wait longer. */
const CONNECT_S = 5;
const STATEMENT_MS = 5_000;
/**
 * Milliseconds for a whole transaction. If the server dies just after a transaction has begun, the driver waits
 * for ever (its `begin` listens for the lost connection a moment too late).
 */
const TRANSACTION_TIMEOUT_MS = 20_000;
/** Seconds before the next connection attempt. The driver's own delay grows to 20 s. */
const RECONNECT_S = 0.5;
/** Key of the advisory lock for migrations: any unused number. */
const MIGRATION_LOCK = 7_264_510;

/**
 * The driver (postgres 3.4.9, `nextWrite`) may write to a lost connection where nobody can catch the error. That
 * must not end the process: the work that waits for the connection fails after WORK_MS. Any other error is
 * rethrown.
 */
function ignoreLostWrites(error: unknown): void {
  const lost = error instanceof TypeError && /nextWrite/.test(error.stack ?? '');
  if (!lost && process.listenerCount('uncaughtException') === 1) throw error;
}

const defaults = { connect_timeout: CONNECT_S, backoff: () => RECONNECT_S, onnotice() {} };

/**
 * Connects and migrates.
 * @throws {Problem} 503 if the server cannot be reached or its schema is newer than this code
 */
export async function openServer(url: string): Promise<Opened> {
  process.off('uncaughtException', ignoreLostWrites).on('uncaughtException', ignoreLostWrites);
  await migrateServer(url);
  const client = postgres(url, {
    ...defaults,
    max: CONNECTIONS,
    connection: {
      application_name: 'callboard',
      statement_timeout: STATEMENT_MS,
      lock_timeout: STATEMENT_MS,
    },
  });
  const db = drizzle(client, { casing: 'snake_case' });
  const stopListening = listen(url);
  return {
    db,
    timeoutMs: TRANSACTION_TIMEOUT_MS,
    async close() {
      await Promise.all([stopListening(), client.end({ timeout: CONNECT_S })]);
    },
  };
}

/** Migrates on a separate connection without timeouts, which holds the lock. */
async function migrateServer(url: string): Promise<void> {
  const client = postgres(url, { ...defaults, max: 1 });
  const db = drizzle(client, { casing: 'snake_case' });
  try {
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await migrateForward(db, (config) => migrate(db, config));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'database-unavailable',
      'The PostgreSQL server of DATABASE_URL cannot be used. Check that it is running and that user, ' +
        'password and database are correct. The log has the error.',
      {},
      {},
      { cause: error },
    );
  } finally {
    await client.end({ timeout: CONNECT_S });
  }
}
