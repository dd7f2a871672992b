// The database of the calls: opened at its first use, one connection for the whole process. A folder
// by default, a PostgreSQL server where DATABASE_URL names one.
import { join, resolve } from 'node:path';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';

/** What all queries are made with, whichever database it is. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** An open database. */
export interface Opened {
  readonly db: Database;
  /** Longest time in milliseconds for one piece of work, where what answers may be lost meanwhile. */
  readonly limitMs?: number;
  /** Asked before each piece of work. @throws {Problem} 503 where the database must not be used any more */
  check?(): void;
  close(): Promise<void>;
}

/** Milliseconds for which a database that could not be opened is not tried again. */
const RETRY_MS = 2_000;

interface Opening {
  readonly opening: Promise<Opened>;
  failedAt?: number;
}
const current = processSingleton('database', (): { database?: Opening } => ({}));

/** Folder of the database, as long as no server is used. */
export function databaseFolder(config: Pick<Config, 'DATA_DIR'>): string {
  return resolve(/* turbopackIgnore: true */ join(config.DATA_DIR, 'db'));
}

async function open(): Promise<Opened> {
  const config = serverConfig();
  // Only the one that is used is loaded: PGlite is 20 MB.
  if (config.DATABASE_URL) {
    const { openServer } = await import('./open-server');
    return openServer(config.DATABASE_URL);
  }
  const { openFolder } = await import('./open-folder');
  return openFolder(databaseFolder(config));
}

async function database(): Promise<Opened> {
  const last = current().database;
  const again = last?.failedAt !== undefined && Date.now() - last.failedAt >= RETRY_MS;
  if (!last || again) {
    const opening = open();
    const entry: Opening = { opening };
    current().database = entry;
    opening.catch(() => {
      entry.failedAt = Date.now();
    });
  }
  return (current().database as Opening).opening;
}

/** Does the work, or gives it and the connections up after the limit; the next use opens new ones. */
async function within<T>(opened: Opened, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, limitMs } = opened;
  if (limitMs === undefined) return work(db);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`no answer from the database in ${limitMs} ms`);
    timer = setTimeout(reject, limitMs, error);
  });
  try {
    return await Promise.race([work(db), late.catch(giveUp)]);
  } finally {
    clearTimeout(timer);
  }

  async function giveUp(error: unknown): Promise<never> {
    const last = current().database;
    if (last && (await last.opening) === opened) current().database = undefined;
    void opened.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Does `work` with the database. Everything that reads or writes calls goes through here.
 * @throws {Problem} 503 where the database cannot be opened, or does not do the work
 */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const opened = await database();
  try {
    opened.check?.();
    return await within(opened, work);
  } catch (error) {
    // A mistake of ours is not the database's.
    if (error instanceof Problem || error instanceof TypeError || error instanceof RangeError) {
      throw error;
    }
    throw new Problem(
      'database-unavailable',
      'The database of the calls does not answer. Try again in some seconds.',
      {},
      { 'retry-after': '1' },
      { cause: error },
    );
  }
}

/** Closes the database, if it is open. The next use opens it again. */
export async function closeDatabase(): Promise<void> {
  const last = current().database;
  current().database = undefined;
  const opened = await last?.opening.catch(() => undefined);
  await opened?.close();
}
