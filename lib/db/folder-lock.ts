// One process per database folder: two would destroy it. A lock file beside the folder names its holder. The
// lock of a process that no longer exists is taken over, so that a killed process does not block the next. `npm start`
// has one too, with its address.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from '@/lib/core/problem';
import { isRunning } from '@/lib/core/processes';

/** Milliseconds between refreshes of the lock file, for other hosts, which cannot see our process. */
const REFRESH_EVERY_MS = 15_000;
/** Milliseconds without a refresh after which a lock of another host is stale. */
const STALE_MS = 60_000;
/** Milliseconds in which another process that saw the same stale lock would have taken it over too. */
const SETTLE_MS = 100;

const lockText = z.object({
  pid: z.number().int(),
  /** Start time of the process, to distinguish it from a later one with the same id. */
  began: z.string(),
  host: z.string(),
  /** Unique for each acquisition. */
  token: z.string(),
  /** Where the holder can be reached, once it is known. */
  address: z.string().optional(),
});
export type Lock = z.infer<typeof lockText>;

/** Start time of a process in kernel ticks; empty if there is no `/proc` or no such process. */
function startTimeOf(pid: number): string {
  try {
    // The name in parentheses may contain spaces, so fields are counted from behind it. The 22nd is the start time.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function read(file: string): Lock | undefined {
  try {
    return lockText.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isHeld(lock: Lock, file: string): boolean {
  if (lock.host === hostname()) return isRunning(lock.pid) && startTimeOf(lock.pid) === lock.began;
  return Date.now() - statSync(file).mtimeMs < STALE_MS;
}

/** A lock that this process holds. */
interface Held {
  /** Writes the address of this process into the file. */
  setAddress(address: string): void;
  release(): void;
}

/** Writes under another name first, so that the file is never incomplete. */
function replaceFile(file: string, lock: Lock): void {
  const aside = `${file}.${lock.token}`;
  writeFileSync(aside, JSON.stringify(lock), { mode: 0o600 });
  renameSync(aside, file);
}

/** Takes the lock of `file` for this process; if it is taken, returns its holder. */
export async function takeLock(file: string): Promise<{ held: Held } | { holder: Lock }> {
  const own: Lock = {
    pid: process.pid,
    began: startTimeOf(process.pid),
    host: hostname(),
    token: randomUUID(),
  };
  try {
    writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = read(file);
    if (other && isHeld(other, file)) return { holder: other };
    replaceFile(file, own);
    await wait(SETTLE_MS);
  }
  const holder = read(file);
  if (holder && holder.token !== own.token) return { holder };
  const release = hold(file, own.token);
  return { held: { release, setAddress: (address) => replaceFile(file, { ...own, address }) } };
}

/**
 * Locks the folder for this process; returns a function that releases the lock.
 * @throws {Problem} 503 if another process holds the lock
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const taken = await takeLock(`${folder}.lock`);
  if ('holder' in taken) throw inUse(folder, taken.holder);
  return taken.held.release;
}

function hold(file: string, token: string): () => void {
  const touch = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // The file was deleted by hand: nothing to refresh.
    }
  }, REFRESH_EVERY_MS);
  touch.unref();
  const release = () => {
    clearInterval(touch);
    process.off('exit', release);
    if (read(file)?.token === token) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return release;
}

function inUse(folder: string, { pid, host }: Lock): Problem {
  const where = host === hostname() ? '' : ` on ${host}`;
  return new Problem(
    'database-unavailable',
    `The database in ${folder} is in use by process ${pid}${where}. Only one web process can use it at ` +
      'a time: stop the other one, or set DATABASE_URL to a PostgreSQL database for both.',
  );
}
