// Files of the event queue: one per process that writes events. The name contains the owner and the process, so that
// it alone tells who delivers the file and whether anything can still be added to it.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** File name endings: a queue file, rejected events, and an owner's heartbeat. */
const QUEUE_END = '.jsonl';
const REJECTED_END = '.rejected';
const ALIVE_END = '.alive';

/**
 * Milliseconds without a change after which a file counts as finished if its process cannot be checked because it runs
 * on another machine or in another container. A room older than that gets no agent either.
 */
const FORGOTTEN_MS = 24 * 3_600_000;
/** Milliseconds between an owner's heartbeats, and without one after which it counts as dead. */
export const HEARTBEAT_EVERY_MS = 2_000;
const DEAD_MS = 10_000;

/** Separates the parts of a file name, which therefore must not contain it. */
const PART = '~';
const plain = (text: string) => text.replaceAll(/[^\w.-]/g, '-');
const HOST = plain(hostname());

/** A queue file, parsed from its name. */
export interface EventFile {
  readonly path: string;
  /** Id of the process that delivers it: the web process or a worker, which also delivers its jobs' events. */
  readonly owner: string;
  readonly host: string;
  /** The process that writes it. */
  readonly pid: number;
}

/** Path of a new file of this process; the names of an owner's files sort by creation. */
export function newFile(folder: string, owner: string, count: number): string {
  const made = `${Date.now().toString(36)}-${String(count).padStart(6, '0')}`;
  return join(folder, `${[plain(owner), made, HOST, process.pid].join(PART)}${QUEUE_END}`);
}

/** All queue files, each owner's oldest first. */
export function filesIn(folder: string): EventFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(QUEUE_END))
    .sort()
    .map((name) => {
      const [owner = '', , host = '', pid] = name.slice(0, -QUEUE_END.length).split(PART);
      return { path: join(folder, name), owner, host, pid: Number(pid) };
    });
}

/** File for the rejected lines of a queue file. */
export const rejectedFile = ({ path }: EventFile) => path.replace(/\.jsonl$/, REJECTED_END);

/** An owner's heartbeat file. */
export const heartbeatFile = (folder: string, owner: string) =>
  join(folder, `${plain(owner)}${ALIVE_END}`);

/** Whether the owner of a file is dead, so that another process has to deliver it. */
export function isOrphan(folder: string, { owner }: EventFile, now: number): boolean {
  const sign = statSync(heartbeatFile(folder, owner), { throwIfNoEntry: false });
  return !sign || now - sign.mtimeMs > DEAD_MS;
}

/** Deletes the heartbeat files of dead owners, which nobody checks any more. */
export function deleteDeadHeartbeats(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith(ALIVE_END)) continue;
    const path = join(folder, name);
    const sign = statSync(path, { throwIfNoEntry: false });
    if (sign && now - sign.mtimeMs > DEAD_MS) rmSync(path, { force: true });
  }
}

/** Whether a file belongs to an owner. */
export const isOf = (owner: string, file: EventFile) => file.owner === plain(owner);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether nothing can be added to the file any more, so that it can be deleted once it is delivered.
 * @param open paths of the files that this process writes
 */
export function isFinished({ path, host, pid }: EventFile, open: ReadonlySet<string>): boolean {
  if (host === HOST && pid === process.pid) return !open.has(path);
  if (host === HOST) return !isRunning(pid);
  return !existsSync(path) || Date.now() - statSync(path).mtimeMs > FORGOTTEN_MS;
}
