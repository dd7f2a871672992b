// The application's database: opened at first use, once per process. A folder by default, a PostgreSQL server
// if DATABASE_URL is set.

import { resolve } from 'node:path';
import { isProblem, Problem } from '@/lib/core/problem';
import { TimeoutError, withTimeout } from '@/lib/core/wait';
import type { Database, Opened } from '@/lib/db/opened';
import type { DatabaseServer, Opening } from '@/lib/db/server';

export type { Database };

/** Milliseconds before another attempt after the database could not be opened. */
const RETRY_MS = 2_000;

/** Folder of the database, if no server is used. */
export const databaseFolder = (dataDir: string): string =>
  resolve(/* turbopackIgnore: true */ dataDir, 'db');

async function open(server: DatabaseServer): Promise<Opened> {
  const { config } = server;
  // Only what is used is loaded.
  if (config.DATABASE_URL) {
    const { openServer } = await import('@/lib/db/open-server');
    return openServer(config.DATABASE_URL, server.notifications);
  }
  const { openFolder } = await import('@/lib/db/open-folder');
  return openFolder(databaseFolder(config.DATA_DIR));
}

async function database(server: DatabaseServer): Promise<Opened> {
  const last = server.database.current;
  const again = last?.failedAt !== undefined && Date.now() - last.failedAt >= RETRY_MS;
  if (!last || again) {
    const opening = open(server);
    const entry: Opening = { opening };
    server.database.current = entry;
    const forget = () => {
      if (server.database.current === entry) server.database.current = undefined;
    };
    opening
      .then(({ ended }) => ended?.then(forget))
      .catch(() => {
        entry.failedAt = Date.now();
      });
  }
  return (server.database.current as Opening).opening;
}

/** Does the work. After the timeout it gives up and closes the connections; the next use opens new ones. */
async function within<T>(
  server: DatabaseServer,
  opened: Opened,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const { db, timeoutMs } = opened;
  if (timeoutMs === undefined) return work(db);
  try {
    return await withTimeout(timeoutMs, work(db));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    const last = server.database.current;
    if (last && (await last.opening) === opened) server.database.current = undefined;
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
export async function withDatabase<T>(
  server: DatabaseServer,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const opened = await database(server);
  try {
    opened.ready?.();
    return await within(server, opened, work);
  } catch (error) {
    // Errors in our own code are not database failures.
    if (isProblem(error) || error instanceof TypeError || error instanceof RangeError) {
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
export async function closeDatabase(server: DatabaseServer): Promise<void> {
  const last = server.database.current;
  server.database.current = undefined;
  const opened = await last?.opening.catch(() => undefined);
  await opened?.close();
}
