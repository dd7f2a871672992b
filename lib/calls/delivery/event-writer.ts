// Writes events to a queue file, one per process; its name alone tells who delivers it and whether anything can still be
// added. An event for which `add` returned true survives even `kill -9`, because the kernel has the line. It does not
// wait for the disk (fsync): that takes tens of milliseconds, which would disturb a call's audio. So a power failure may
// lose the last seconds.

import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type CallEvent, callEvent, type EventData, TEXT_MAX } from '@/lib/calls/event';
import { logError } from '@/lib/core/log';
import { isRunning } from '@/lib/core/processes';

/** Maximum lines kept in memory while the disk cannot be written: about 5 MB. The oldest are dropped first. */
const WAITING_MAX = 10_000;

/** Paths of the files that this process writes. */
export const openFiles = new Set<string>();

/** Writes one process's files of the queue. */
export class EventWriter {
  #open: { fd: number; path: string } | undefined;
  #count = 0;
  #waiting: string[] = [];
  #failed = false;

  /**
   * @param folder folder of the files; created when needed
   * @param owner id of the process that delivers them
   */
  constructor(
    readonly folder: string,
    readonly owner: string,
  ) {}

  /**
   * Appends events, in one write; returns whether they are on disk. If not, they are written with the next ones. Takes
   * about ten microseconds and never throws.
   */
  add(...events: readonly CallEvent[]): boolean {
    for (const event of events) {
      this.#waiting.push(`${JSON.stringify(event)}\n`);
      if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
    }
    return this.flush();
  }

  /** Tries to write the pending lines; returns whether none is left. */
  flush(): boolean {
    if (this.#waiting.length === 0) return true;
    try {
      this.#open ??= this.#next();
      // A failed write may have left half a line: end it first.
      const text = (this.#failed ? '\n' : '') + this.#waiting.join('');
      const bytes = Buffer.from(text);
      if (writeSync(this.#open.fd, bytes) < bytes.length) throw new Error('the disk is full');
      this.#failed = false;
      this.#waiting = [];
      return true;
    } catch (error) {
      // Logged once, not for every event: a full disk stays full for a while.
      if (!this.#failed) logError(`events: cannot write to ${this.folder}`, error);
      this.#failed = true;
      return false;
    }
  }

  /** Closes the file, so that it can be delivered and deleted; the next event starts a new one. */
  turnOver(): void {
    if (!this.#open) return;
    closeSync(this.#open.fd);
    openFiles.delete(this.#open.path);
    this.#open = undefined;
  }

  #next() {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.#count += 1;
    const path = newFile(this.folder, this.owner, this.#count);
    const fd = openSync(path, 'a', 0o600);
    openFiles.add(path);
    return { fd, path };
  }
}

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
function newFile(folder: string, owner: string, count: number): string {
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

/**
 * Whether nothing can be added to the file any more, so that it can be deleted once it is delivered.
 * @param open paths of the files that this process writes
 */
export function isFinished({ path, host, pid }: EventFile, open: ReadonlySet<string>): boolean {
  if (host === HOST && pid === process.pid) return !open.has(path);
  if (host === HOST) return !isRunning(pid);
  const stat = statSync(path, { throwIfNoEntry: false });
  return !stat || Date.now() - stat.mtimeMs > FORGOTTEN_MS;
}

/** Unique for this process. */
const PROCESS = randomUUID();
let count = 0;

/** A unique id; ids of one process sort by creation within a millisecond. */
function nextId(): string {
  count += 1;
  return `${PROCESS}-${String(count).padStart(8, '0')}`;
}

/** Fields with text; all others are names. */
const TEXTS: readonly string[] = ['text', 'args', 'result', 'message', 'stack', 'reason', 'label'];
/** Maximum length of a name in characters. */
const NAME_MAX = 300;

/** Removes NUL characters and unpaired surrogates, which PostgreSQL refuses. */
const clean = (text: string, max: number) =>
  text
    .replaceAll('\0', '')
    .slice(0, max)
    .replaceAll(/\p{Cs}/gu, '\ufffd');

function cut(what: EventData): EventData {
  const fields = Object.entries(what).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    return [name, clean(value, TEXTS.includes(name) ? TEXT_MAX : NAME_MAX)];
  });
  return Object.fromEntries(fields) as EventData;
}

/** Where and when something happened. */
export interface Where {
  readonly room: string;
  readonly roomSid?: string | undefined;
  /** Id of the call, if known. */
  readonly call?: string | undefined;
  /** Source of the event: see `CallEvent`. */
  readonly source: string;
  /** Milliseconds since 1970 on the source's clock; defaults to now. */
  readonly at?: number | undefined;
  /** LiveKit's own event id. */
  readonly id?: string;
  /** When it was received, on the web process's clock, if the source has another clock: see `asSentNow`. */
  readonly sentAt?: number;
}

/** The event; undefined if it is invalid, which is a bug of ours. */
export function makeEvent({ at, ...where }: Where, what: EventData): CallEvent | undefined {
  const made = {
    id: nextId(),
    ...where,
    at: Math.round(at ?? Date.now()),
    what: cut(what),
  };
  const { data, error } = callEvent.safeParse(made);
  if (error) logError(`events: invalid ${what.kind}`, error);
  return data;
}
