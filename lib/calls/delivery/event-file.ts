// The files of the event queue: one for each process that tells, named by whose it is, so that it can
// be seen from the name alone who delivers it and whether anything can still be added to it.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Ends the name of a queue file, of what nobody would take, and of an owner's sign of life. */
const QUEUE_END = '.jsonl';
const REJECTED_END = '.rejected';
const ALIVE_END = '.alive';

/**
 * Milliseconds without a change after which a file of a process that cannot be looked at (on another
 * machine, in another container) counts as finished: a room older than that gets no agent either.
 */
const FORGOTTEN_MS = 24 * 3_600_000;
/** Milliseconds between an owner's signs of life, and after which one without is taken for dead. */
export const ALIVE_EVERY_MS = 2_000;
const DEAD_MS = 10_000;

/** Texts in a file's name are parted by this, so they have none of it. */
const PART = '~';
const plain = (text: string) => text.replaceAll(/[^\w.-]/g, '-');
const HOST = plain(hostname());

/** A queue file by its name. */
export interface EventFile {
  readonly path: string;
  /** Id of the process that delivers it: the web process or a worker, also for a worker's jobs. */
  readonly owner: string;
  readonly host: string;
  /** Process that writes it. */
  readonly pid: number;
}

/** Path of a new file of this process; the names of an owner's files are in the order of their making. */
export function newFile(folder: string, owner: string, count: number): string {
  const made = `${Date.now().toString(36)}-${String(count).padStart(6, '0')}`;
  return join(folder, `${[plain(owner), made, HOST, process.pid].join(PART)}${QUEUE_END}`);
}

/** All queue files, the oldest of each owner first. */
export function filesIn(folder: string): EventFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(QUEUE_END))
    .sort()
    .map((name) => {
      const [owner = '', , host = '', pid] = name.slice(0, -QUEUE_END.length).split(PART);
      return { path: join(folder, name), owner, host, pid: Number(pid) };
    });
}

/** Where lines of a file go that nobody takes. */
export const rejectedFile = ({ path }: EventFile) => path.replace(/\.jsonl$/, REJECTED_END);

/** The file by which an owner shows that it lives. */
export const aliveFile = (folder: string, owner: string) =>
  join(folder, `${plain(owner)}${ALIVE_END}`);

/** Whether the owner of a file delivers no more, so that another has to. */
export function isOrphan(folder: string, { owner }: EventFile, now: number): boolean {
  const sign = statSync(aliveFile(folder, owner), { throwIfNoEntry: false });
  return !sign || now - sign.mtimeMs > DEAD_MS;
}

/** Takes away the signs of owners that are dead: nobody asks for them any more. */
export function clearDeadSigns(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(ALIVE_END)) continue;
    const path = join(folder, name);
    const sign = statSync(path, { throwIfNoEntry: false });
    if (sign && now - sign.mtimeMs > DEAD_MS) rmSync(path, { force: true });
  }
}

/** Whether a file is an owner's. */
export const isOf = (owner: string, file: EventFile) => file.owner === plain(owner);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether nothing can come into the file any more, so that it may go once it is delivered.
 * @param open paths of the files that this process writes
 */
export function isFinished({ path, host, pid }: EventFile, open: ReadonlySet<string>): boolean {
  if (host === HOST && pid === process.pid) return !open.has(path);
  if (host === HOST) return !isRunning(pid);
  return !existsSync(path) || Date.now() - statSync(path).mtimeMs > FORGOTTEN_MS;
}
