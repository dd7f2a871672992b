// What this clone keeps in DATA_DIR: the keys of its LiveKit server, and the database of its web process.
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { databaseFolder } from '@/lib/db/database';
import { dataDir, type Env } from '@/scripts/lib/environment';

/** Bytes of the secret: 256 bits, the strength of its HS256 signatures. */
const SECRET_BYTES = 32;

interface Keys {
  readonly key: string;
  readonly secret: string;
}

/**
 * The API key and secret of the local LiveKit server, created on first use: never a published default, readable by their
 * owner only.
 * @throws Error if the folder cannot be written to, or if `keys.json` exists but cannot be read: it is never replaced
 */
export function localKeys(env: Env): Keys {
  const dir = dataDir(env);
  const file = join(dir, 'keys.json');
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(dir, error);
  }
  const keys = {
    key: `API${randomBytes(9).toString('hex')}`,
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
  // Written to a temporary file and linked: the file appears complete, and of two concurrent starts one wins.
  const aside = `${file}.${process.pid}`;
  try {
    writeFileSync(aside, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(dir, error);
  } finally {
    rmSync(aside, { force: true });
  }
  return readKeys(file);
}

/** The first file of a start says what is wrong with the folder: full, read-only, of another user. */
const unwritable = (dir: string, cause: unknown) =>
  new Error(
    `The data folder ${dir} cannot be written to: ${(cause as NodeJS.ErrnoException).code}. Make it writable, free some ` +
      'space, or set DATA_DIR to another folder.',
    { cause },
  );

function readKeys(file: string): Keys {
  try {
    const { key, secret } = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof key === 'string' && typeof secret === 'string') return { key, secret };
  } catch {}
  throw new Error(
    `${file} does not contain a key and a secret. Delete it and start again to create new ones.`,
  );
}

/** Whether the database must be created: no server is used, and its folder does not exist. */
export const databaseMissing = (env: Env): boolean =>
  !env.DATABASE_URL && !existsSync(databaseFolder(dataDir(env)));

/** Size of PostgreSQL's `pg_control` in bytes, in every version (`PG_CONTROL_FILE_SIZE`). */
const CONTROL_BYTES = 8_192;

/**
 * What is wrong with the folder, as far as can be checked without opening it, because another process may use it;
 * undefined if nothing is. The web process reports other errors when it opens the folder.
 */
export function databaseFault(env: Env): string | undefined {
  const folder = databaseFolder(dataDir(env));
  if (env.DATABASE_URL || !existsSync(folder)) return undefined;
  const checks: [string, (file: string) => boolean][] = [
    ['PG_VERSION', (file) => /^\d+\s*$/.test(readFileSync(file, 'utf8'))],
    ['global/pg_control', (file) => statSync(file).size === CONTROL_BYTES],
    ['base', (file) => readdirSync(file).length > 0],
    ['pg_wal', (file) => readdirSync(file).length > 0],
  ];
  const wrong = checks.find(([name, isRight]) => {
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
