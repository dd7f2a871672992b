// The database on a PostgreSQL server, for several web processes at once, which tell each other of what
// has changed: `DATABASE_URL`.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { Problem } from '@/lib/core/problem';
import type { Opened } from './database';
import { listen } from './listen';
import { migrateForward } from './migrate';

/** Connections of one web process. Our own choice: a PostgreSQL server allows 100 by default. */
const CONNECTIONS = 10;
/** Seconds for a connection, and milliseconds for a statement: a caller does not wait longer. */
const CONNECT_S = 5;
const STATEMENT_MS = 5_000;
/**
 * Milliseconds for a whole transaction. Where the server dies just after a transaction has begun, the
 * driver waits for ever (its `begin` listens for the loss of the connection a moment too late).
 */
const WORK_MS = 20_000;
/** Seconds before it is tried again to connect. The driver's own delay grows to 20 s. */
const AGAIN_S = 0.5;
/** Key of the lock under which migrations run: any number that nobody else uses. */
const MIGRATION_LOCK = 7_264_510;

/**
 * The driver (postgres 3.4.9, `nextWrite`) may write to a connection that is gone already, where nobody
 * can catch it: that must not end the process. What waited for it is given up after WORK_MS. Any other
 * error goes where it would have gone.
 */
function outliveLostWrites(error: unknown): void {
  const lost = error instanceof TypeError && /nextWrite/.test(error.stack ?? '');
  if (!lost && process.listenerCount('uncaughtException') === 1) throw error;
}

const usual = { connect_timeout: CONNECT_S, backoff: () => AGAIN_S, onnotice() {} };

/**
 * Connects and migrates.
 * @throws {Problem} 503 where the server cannot be reached, or is newer than this code
 */
export async function openServer(url: string): Promise<Opened> {
  process.off('uncaughtException', outliveLostWrites).on('uncaughtException', outliveLostWrites);
  await migrateServer(url);
  const client = postgres(url, {
    ...usual,
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
    limitMs: WORK_MS,
    async close() {
      await Promise.all([stopListening(), client.end({ timeout: CONNECT_S })]);
    },
  };
}

/** On a connection of its own, which has all the time it needs, and which holds the lock. */
async function migrateServer(url: string): Promise<void> {
  const client = postgres(url, { ...usual, max: 1 });
  const db = drizzle(client, { casing: 'snake_case' });
  try {
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await migrateForward(db, (config) => migrate(db, config));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'database-unavailable',
      'The PostgreSQL server of DATABASE_URL cannot be used. Is it running, and are user, password ' +
        'and database right? The log has its words.',
      {},
      {},
      { cause: error },
    );
  } finally {
    await client.end({ timeout: CONNECT_S });
  }
}
