// The application's database: opened at first use, once per process. A folder by default, a PostgreSQL server
// if DATABASE_URL is set.
import { join, resolve } from 'node:path';
import type { Config } from '@/lib/core/config';
import { Problem } from '@/lib/core/problem';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { TimeoutError, withTimeout } from '@/lib/core/wait';
import type { Database, Opened } from './opened';

export type { Database };

/** Milliseconds before another attempt after the database could not be opened. */
const RETRY_MS = 2_000;

interface Opening {
  readonly opening: Promise<Opened>;
  failedAt?: number;
}
const current = processSingleton('database', (): { database?: Opening } => ({}));

/** Folder of the database, if no server is used. */
export function databaseFolder(config: Pick<Config, 'DATA_DIR'>): string {
  return resolve(/* turbopackIgnore: true */ join(config.DATA_DIR, 'db'));
}

async function open(): Promise<Opened> {
  const config = serverConfig();
  // Load only the driver in use: PGlite is 20 MB.
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

/** Does the work. After the timeout it gives up and closes the connections; the next use opens new ones. */
async function within<T>(opened: Opened, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, timeoutMs } = opened;
  if (timeoutMs === undefined) return work(db);
  try {
    return await withTimeout(timeoutMs, work(db));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    const last = current().database;
    if (last && (await last.opening) === opened) current().database = undefined;
    void opened.close().catch(() => undefined);
    throw error;
  }
}

/**
 * SQLSTATE classes of errors that lie in the data: a value that is invalid (22), or over a limit of PostgreSQL (54). They
 * fail again each time, so the database is not to blame, and trying again is of no use.
 */
const DATA_ERROR = /^(22|54)/;

/** Whether an error, or one that caused it, is an error of PostgreSQL that lies in the data. */
function isDataError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { readonly code?: unknown };
  return (typeof code === 'string' && DATA_ERROR.test(code)) || isDataError(error.cause);
}

/**
 * Does `work` with the database. All reads and writes go through here.
 * @throws {Problem} 422 if the data cannot be stored, 503 if the database cannot be opened or the work fails
 */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const opened = await database();
  try {
    opened.check?.();
    return await within(opened, work);
  } catch (error) {
    // Errors in our own code are not database failures.
    if (error instanceof Problem || error instanceof TypeError || error instanceof RangeError) {
      throw error;
    }
    if (isDataError(error)) {
      const detail = 'A value contains characters or an amount of text that cannot be stored.';
      throw new Problem('not-storable', detail, {}, {}, { cause: error });
    }
    throw new Problem(
      'database-unavailable',
      'The database does not answer. Try again in a few seconds.',
      {},
      { 'retry-after': '1' },
      { cause: opened.explain?.(error) ?? error },
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
