// Other users of the machine must not read or change what the product stores: calls, password hashes, keys, logs. New files
// get that from the umask. Files of earlier versions are corrected.

import { chmodSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { logError } from '@/lib/core/log';

/** Only the owner reads and writes new files. */
const UMASK = 0o077;
/** Permissions of the group and of all others. */
const OTHERS = 0o077;
/** Permissions of all others alone. */
const EVERYBODY = 0o007;
/** Set on folders that all users share, such as `/tmp`. */
const STICKY = 0o1000;

/**
 * What is private in the data folder even if the folder itself is not. Missing are `recordings`, which LiveKit's Egress may
 * write as another user where it is mounted in a container, and what is only downloaded or built.
 */
const PRIVATE = [
  'db',
  'db.lock',
  'diary',
  'events',
  'keys.json',
  'logs',
  'rules.json',
  'start.lock',
];

/** Makes all files private that this process and its children create from now on. */
export function keepFilesPrivate(): void {
  process.umask(UMASK);
}

/** Takes the permissions of other users away. Other users' files and links stay: only their owner can change them. */
function closeOne(path: string): ReturnType<typeof lstatSync> {
  const stat = lstatSync(path);
  const own = stat.uid === process.getuid?.() && !stat.isSymbolicLink();
  if (own && (stat.mode & OTHERS) !== 0) chmodSync(path, stat.mode & 0o7777 & ~OTHERS);
  return stat;
}

/** Like `closeOne`, for a folder with everything in it. What is deleted meanwhile needs nothing. */
export function makePrivate(path: string): void {
  try {
    if (!closeOne(path)?.isDirectory()) return;
    for (const name of readdirSync(path)) makePrivate(join(/* turbopackIgnore: true */ path, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/**
 * For a file with secrets that a person made, such as `.env`: makes it private if everybody can read it. One that only a group
 * can read was made so on purpose.
 */
export function protectSecrets(file: string): void {
  if ((statSync(file).mode & EVERYBODY) !== 0) makePrivate(file);
}

/**
 * For the start of each process: makes all files that are created from now on private, and corrects those of earlier
 * versions. If that fails, for example on a read-only disk, the process starts, but says so.
 */
export function protectFiles(dataDir: string): void {
  keepFilesPrivate();
  try {
    const folder = realpathSync(/* turbopackIgnore: true */ dataDir);
    if ((lstatSync(folder).mode & STICKY) === 0) closeOne(folder);
    for (const name of PRIVATE) makePrivate(join(/* turbopackIgnore: true */ folder, name));
  } catch (error) {
    // Without the folder there is nothing to correct.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    logError(`Other users of this machine may be able to read ${dataDir}`, error);
  }
}
