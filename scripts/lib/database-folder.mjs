// The folder of the calls' database, made once at set-up by a process of its own: PGlite's first
// start in a new folder takes seconds and leaves 840 MB in the process that did it, 250 MB else.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

const folderOf = (env) => join(dataDir(env), 'db');

/** Whether the folder has to be made: no server is used, and it is not there. */
export const databaseMissing = (env) => !env.DATABASE_URL && !existsSync(folderOf(env));

/**
 * Makes the folder. The tables are the web process's to make.
 * @throws Error with the words of what failed
 */
export function makeDatabase(env) {
  return makeFolder(folderOf(env));
}

/** Bytes of PostgreSQL's `pg_control`, in every version (`PG_CONTROL_FILE_SIZE`). */
const CONTROL_BYTES = 8_192;

/**
 * What is wrong with the folder, as far as can be seen from outside; undefined where nothing is. It is
 * not opened: another process may have it. What lies deeper the web process says when it opens it.
 */
export function databaseFault(env) {
  const folder = folderOf(env);
  if (env.DATABASE_URL || !existsSync(folder)) return undefined;
  const wrong = [
    ['PG_VERSION', (file) => /^\d+\s*$/.test(readFileSync(file, 'utf8'))],
    ['global/pg_control', (file) => statSync(file).size === CONTROL_BYTES],
    ['base', (file) => readdirSync(file).length > 0],
    ['pg_wal', (file) => readdirSync(file).length > 0],
  ].find(([name, isRight]) => {
    try {
      return !isRight(join(folder, name));
    } catch {
      return true;
    }
  });
  if (!wrong) return undefined;
  return (
    `The database in ${folder} is damaged: ${wrong[0]} is missing, or not what it should be. Put a copy ` +
    'of that folder back from a backup, or move it away: a new one is made then, and the calls so far ' +
    'are missing from it.'
  );
}

/** Makes a database in `folder`, which must not be there. */
export async function makeFolder(folder) {
  await runQuietly(process.execPath, [join(root, 'scripts/make-database.mjs'), folder], {
    cwd: root,
  });
}
