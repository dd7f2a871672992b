// The database in a folder: PGlite, which needs no installation.
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { makePrivate } from '@/lib/core/private-files';
import { isProblem, Problem } from '@/lib/core/problem';
import { poll } from '@/lib/core/wait';
import { lockFolder } from '@/lib/db/folder-lock';
import { migrateForward } from '@/lib/db/migrate';
import type { Database, Opened } from '@/lib/db/opened';
import { makeFolder, type RunningPglite, startPglite } from '@/lib/db/pglite';

/** File system errors that prevent writing, and what they mean. */
const WRITE_ERRORS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'this user has no write permission there',
  EPERM: 'this user has no write permission there',
};

/**
 * Page cache of the database. PGlite's default of 128 MB would belong to this process from the start, 120 MB
 * more than with this value; the operating system caches the files too.
 */
const BUFFERS = 'shared_buffers=8MB';

/**
 * Rows of each table that are read for its statistics: 300 times this. With PostgreSQL's default of 100, everything else would
 * wait for a second in a large database.
 */
const STATISTICS = 'default_statistics_target=10';
/**
 * Size in kB at which new words are moved into the index of transcripts. Each search reads those that are not, and the write that
 * reaches the limit moves all of them: with PostgreSQL's default of 4 MB, which autovacuum rarely lets it reach, that is 16 times
 * as much.
 */
const PENDING = 'gin_pending_list_limit=256';
/** Milliseconds between two collections of statistics. Our own choice. */
const ANALYZE_EVERY_MS = 60 * 60_000;

/**
 * Opens the folder, or creates it if it does not exist. Creating takes seconds and much memory, so set-up does
 * it beforehand.
 * @throws {Problem} 503 if it is in use, newer than this code, or cannot be read or written
 */
export async function openFolder(folder: string): Promise<Opened> {
  let release = () => {};
  let pglite: RunningPglite | undefined;
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    release = await lockFolder(folder);
    if (!existsSync(folder)) await makeFolder(folder);
    pglite = await startPglite(folder, [BUFFERS, STATISTICS, PENDING]);
    const db = drizzle(pglite.pool, { casing: 'snake_case' });
    await migrateForward(db);
    // PGlite ignores the umask, most of all in a new folder. Later files are in folders that are private now.
    makePrivate(folder);
    const running = pglite;
    const watched = watchFolder(folder);
    const stopAnalyzing = poll(ANALYZE_EVERY_MS, `cannot analyze ${folder}`, (stopping) =>
      analyze(db, watched.check, stopping),
    );
    const end = async () => {
      await stopAnalyzing();
      // Closing writes into files by their names, and would destroy a backup that was restored meanwhile.
      await running.close(watched.isThere);
      watched.close();
      release();
    };
    let ending: Promise<void> | undefined;
    const close = () => {
      ending ??= end();
      return ending;
    };
    return { db, ready: watched.check, ended: running.ended.then(close), close };
  } catch (error) {
    await pglite?.close();
    release();
    throw isProblem(error) ? error : problemOf(folder, error);
  }
}

/**
 * Collects the statistics by which PostgreSQL plans queries. A server has autovacuum for this, PGlite nothing: without them,
 * a list of nearly all calls would sort them all instead of reading the newest.
 */
async function analyze(db: Database, check: () => void, stopping: AbortSignal): Promise<void> {
  check();
  const tables = await db
    .select({ name: sql<string>`quote_ident(relname)` })
    .from(sql`pg_class`)
    .where(sql`relkind = 'r' and relnamespace = 'public'::regnamespace`);
  for (const { name } of tables) {
    check();
    if (stopping.aborted) return;
    await db.execute(sql.raw(`analyze ${name}`));
  }
}

function problemOf(folder: string, error: unknown): Problem {
  const why = WRITE_ERRORS[(error as NodeJS.ErrnoException).code ?? ''];
  const words = why
    ? `The database in ${folder} cannot be written: ${why}. Calls continue, but data that cannot be saved ` +
      'until this is fixed will be missing here.'
    : `The database in ${folder} cannot be opened. Restore the folder from a backup, or move it away: ` +
      'a new, empty one is created then.';
  return new Problem('database-unavailable', words, {}, {}, { cause: error });
}

/**
 * PGlite would keep writing into a deleted folder, and all of that would be lost with this process. So each use
 * checks that the folder is the one that was opened. The file is kept open so that no other gets its inode number.
 */
function watchFolder(folder: string): { isThere(): boolean; check(): void; close(): void } {
  const file = join(folder, 'PG_VERSION');
  const kept = openSync(file, 'r');
  const { ino } = fstatSync(kept);
  const isThere = () => {
    try {
      return statSync(file).ino === ino;
    } catch {
      // Also if it may not be read: whether it is the same folder is not known then.
      return false;
    }
  };
  return {
    isThere,
    check() {
      if (isThere()) return;
      throw new Problem(
        'database-unavailable',
        `The database in ${folder} was deleted or replaced while it was in use, or can no longer be read. ` +
          'Restore it from a backup, or remove it to begin with an empty one, and restart the web process. ' +
          'Until then, call events are kept on this machine, and they are written after the restart.',
      );
    },
    close: () => closeSync(kept),
  };
}
