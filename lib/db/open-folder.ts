// The database in a folder: PGlite, which is PostgreSQL inside this process, with nothing to install.
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { Problem } from '@/lib/core/problem';
import type { Opened } from './database';
import { lockFolder } from './folder-lock';
import { migrateForward } from './migrate';

/** What a disk says that lets nothing be written, and what that means. */
const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
};

/**
 * Memory in which the database keeps pages of its files. PGlite's usual 128 MB would be this process's from the
 * start, 120 MB more than with these; the system keeps the files' pages as well.
 */
const BUFFERS = 'shared_buffers=32MB';

/**
 * Opens the folder, and makes it where it is not there (which takes seconds and much memory: set-up
 * makes it beforehand).
 * @throws {Problem} 503 where it is in use, newer than this code, or cannot be read or written
 */
export async function openFolder(folder: string): Promise<Opened> {
  let release = () => {};
  let client: PGlite | undefined;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    release = await lockFolder(folder);
    if (!existsSync(folder)) await makeFolder(folder);
    const startParams = [...PGlite.defaultStartParams, '-c', BUFFERS];
    client = await PGlite.create(folder, { startParams });
    const db = drizzle(client, { casing: 'snake_case' });
    await migrateForward(db, (config) => migrate(db, config));
    const opened = client;
    const watched = watchFolder(folder);
    return {
      db,
      check: watched.check,
      async close() {
        watched.close();
        await opened.close();
        release();
      },
    };
  } catch (error) {
    await client?.close().catch(() => {});
    release();
    throw error instanceof Problem ? error : problemOf(folder, error);
  }
}

function problemOf(folder: string, error: unknown): Problem {
  const why = UNWRITABLE[(error as NodeJS.ErrnoException).code ?? ''];
  const words = why
    ? `The database in ${folder} cannot be written: ${why}. Calls go on, but what cannot be kept of ` +
      'them until that is mended will be missing here.'
    : `The database in ${folder} cannot be opened. Put a copy of that folder back from a backup, ` +
      'or move it away: a new one is made then, and the calls so far are missing from it.';
  return new Problem('database-unavailable', words, {}, {}, { cause: error });
}

/**
 * PGlite would go on writing into a folder that was deleted, and all of it would be gone with this process: so each use
 * checks that the folder is the one that was opened. The file is kept open, so that no other gets its inode number.
 */
function watchFolder(folder: string): { check(): void; close(): void } {
  const file = join(folder, 'PG_VERSION');
  const kept = openSync(file, 'r');
  const { ino } = fstatSync(kept);
  return {
    check() {
      if (statSync(file, { throwIfNoEntry: false })?.ino === ino) return;
      throw new Problem(
        'database-unavailable',
        `The database in ${folder} was deleted or replaced while it was in use. Put it back from a ` +
          'backup, or leave it away to begin with an empty one, and restart the web process. What ' +
          'happens in calls meanwhile is kept on this machine, and written then.',
      );
    },
    close: () => closeSync(kept),
  };
}

/** Under another name first, as set-up does, so that one half made is never taken for one. */
async function makeFolder(folder: string): Promise<void> {
  const making = `${folder}.${process.pid}`;
  await (await PGlite.create(making)).close();
  renameSync(making, folder);
}
