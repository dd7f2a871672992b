// One `npm start` for each data folder: the web process of a second one could not open the database.
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '@/lib/db/folder-lock';
import { dataDir, type Env } from '@/scripts/lib/environment';

/**
 * Makes sure that no other one uses the data folder, unless both use a PostgreSQL server. The lock of one that was killed does
 * not count.
 * @returns a function that stores the address of this one, for the message of the next
 * @throws Error that names the other one
 */
export async function onlyStart(env: Env): Promise<(address: string) => void> {
  if (env.DATABASE_URL) return () => {};
  const folder = dataDir(env);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'start.lock');
  const taken = await takeLock(file);
  if ('held' in taken) return taken.held.setAddress;
  const { pid, host, address } = taken.holder;
  const where = `process ${pid}${host === hostname() ? '' : ` on ${host}`}`;
  throw new Error(
    (address
      ? `It already runs with this data folder: ${address} (${where}).\n`
      : `It is already being started with this data folder (${where}).\n`) +
      `Stop it with Ctrl-C in its terminal, or with kill ${pid}. To run another one beside it, set DATA_DIR to another ` +
      'folder, or DATABASE_URL to a PostgreSQL database for both.',
  );
}
