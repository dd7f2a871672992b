// Creates the database folder during set-up, in a separate process: PGlite's first start in a new folder takes seconds and
// leaves 840 MB in the process that did it, compared to 250 MB otherwise.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, root } from './paths.mjs';
import { runQuietly } from './run-quietly.mjs';

const folderOf = (env) => join(dataDir(env), 'db');

/** Whether the folder must be created: no server is used, and it does not exist. */
export const databaseMissing = (env) => !env.DATABASE_URL && !existsSync(folderOf(env));

/**
 * Creates the folder. The web process creates the tables.
 * @throws Error with the output of the failed process
 */
export function makeDatabase(env) {
  return makeFolder(folderOf(env));
}

/** Size of PostgreSQL's `pg_control` in bytes, in every version (`PG_CONTROL_FILE_SIZE`). */
const CONTROL_BYTES = 8_192;

/**
 * What is wrong with the folder, as far as can be checked without opening it, because another process may use it;
 * undefined if nothing is. The web process reports other errors when it opens the folder.
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
    `The database in ${folder} is damaged: ${wrong[0]} is missing or invalid. Restore the folder from a ` +
    'backup, or move it away: a new, empty one is created then.'
  );
}

/** Creates a database in `folder`, which must not exist. */
export async function makeFolder(folder) {
  await runQuietly(process.execPath, [join(root, 'scripts/make-database.mjs'), folder], {
    cwd: root,
  });
}
