// Delivers the event queue in order and retries until events are accepted; only then they are deleted. An event that
// will never be accepted is set aside, so that it does not block those behind it.
import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  deleteDeadHeartbeats,
  type EventFile,
  type EventWriter,
  filesIn,
  HEARTBEAT_EVERY_MS,
  heartbeatFile,
  isFinished,
  isOf,
  isOrphan,
  openFiles,
  rejectedFile,
} from '@/lib/calls/delivery/event-writer';
import { BATCH_MAX, BATCH_MAX_BYTES, type CallEvent, callEvent } from '@/lib/calls/event';
import { groupBy } from '@/lib/core/group-by';
import { jsonAs } from '@/lib/core/json';
import { describeError } from '@/lib/core/log';

/**
 * Milliseconds between two checks for new events. Our own choice: short enough for pages, and long enough to batch
 * events. A call begins with a dozen of them, just while its caller is waiting for the CPU.
 */
const CHECK_EVERY_MS = 250;
/** Milliseconds before the first retry of a delivery, doubled for each further one up to the maximum. */
const RETRY_MS = 250;
const RETRY_MAX_MS = 5_000;
/** Failures at the receiver after which a delivery counts as refused. */
const FAILURES_MAX = 5;

/**
 * Result of a delivery: taken; later, because the receiver is not available; failed at the receiver, perhaps because of
 * the events; or refused because of the events.
 */
export type Delivered = 'taken' | 'later' | 'failed' | 'refused';
/** `stopped`: nobody waits for the result any more. */
export type Deliver = (events: readonly CallEvent[], stopped: AbortSignal) => Promise<Delivered>;

/** Delivers the files of one owner, and those of dead owners. */
export class EventDelivery {
  /** Read position by file. After a restart a file is sent from its beginning again: duplicates are ignored. */
  readonly #read = new Map<string, number>();
  readonly #running = new AbortController();
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  /** On a clean exit the heartbeat is deleted, so that another process can take over the rest at once. */
  readonly #leave = () =>
    rmSync(heartbeatFile(this.writer.folder, this.writer.owner), { force: true });
  #aliveAt = 0;
  #orphans = new Set<string>();

  /**
   * Starts delivering.
   * @param writer this process's writer; determines `owner` and `folder`
   * @param log called with one line about events that were set aside
   * @param retryMs milliseconds before the first retry of a delivery
   */
  constructor(
    readonly writer: EventWriter,
    readonly deliver: Deliver,
    readonly log: (line: string) => void,
    readonly retryMs = RETRY_MS,
  ) {
    mkdirSync(writer.folder, { recursive: true, mode: 0o700 });
    process.once('exit', this.#leave);
    this.#ended = this.#run();
  }

  /** Tries to deliver everything within `ms` milliseconds, then stops; the rest stays in the queue. */
  async stop(ms = 0): Promise<void> {
    this.#stopping.abort();
    const timer = setTimeout(() => this.#running.abort(), ms);
    await this.#ended;
    clearTimeout(timer);
    process.off('exit', this.#leave);
    this.#leave();
  }

  /** Delivers until it is stopping and nothing is left that can be read, or its time is over. */
  async #run(): Promise<void> {
    const stopping = this.#stopping.signal;
    while (!this.#running.signal.aborted) {
      // Check this before reading: what was written until then is delivered.
      const isLast = stopping.aborted;
      let more = false;
      let everyMs = CHECK_EVERY_MS;
      try {
        this.#live();
        this.writer.flush();
        this.writer.turnOver();
        more = await this.#sendNext();
      } catch (error) {
        this.log(`events: ${this.writer.folder} cannot be read: ${describeError(error)}`);
        everyMs = RETRY_MAX_MS;
      }
      if (more) continue;
      if (isLast) return;
      await this.#wait(everyMs, stopping);
    }
  }

  /** Waits until the time is over or `over` is aborted. */
  #wait(ms: number, over = this.#running.signal): Promise<void> {
    return pause(ms, undefined, { signal: over, ref: false }).catch(() => undefined);
  }

  /** The files to deliver. Two owners may take over the same file: duplicates are ignored. */
  #mine(): EventFile[] {
    const { owner } = this.writer;
    return filesIn(this.writer.folder).filter(
      (file) => isOf(owner, file) || this.#orphans.has(file.owner),
    );
  }

  /** Updates this owner's heartbeat, and finds dead owners. */
  #live(): void {
    const now = Date.now();
    if (now - this.#aliveAt < HEARTBEAT_EVERY_MS) return;
    this.#aliveAt = now;
    const { folder, owner } = this.writer;
    writeFileSync(heartbeatFile(folder, owner), '');
    deleteDeadHeartbeats(folder, now);
    const dead = filesIn(folder).filter(
      (file) => !isOf(owner, file) && isOrphan(folder, file, now),
    );
    this.#orphans = new Set(dead.map((file) => file.owner));
  }

  /**
   * Delivers the next batch of each process, several in one delivery: each costs the receiver a transaction. A process that
   * writes much does not keep the others waiting, nor does one whose file cannot be read.
   * @returns whether there was one
   * @throws the first error of reading, after the others are delivered
   */
  async #sendNext(): Promise<boolean> {
    const processes = groupBy(this.#mine(), ({ host, pid }) => `${host} ${pid}`);
    const unreadable: unknown[] = [];
    const next = [...processes.values()].flatMap((files) => {
      try {
        return this.#nextOf(files) ?? [];
      } catch (error) {
        unreadable.push(error);
        return [];
      }
    });
    for (const batches of fitting(next)) {
      const waiting = batches.flatMap(({ file, events }) =>
        events.map((event): Waiting => ({ file, event })),
      );
      if (waiting.length > 0 && !(await this.#insist(waiting))) return false;
      for (const { file, broken, end } of batches) {
        if (broken.length > 0) this.#setAside(file, broken, 'not an event');
        this.#read.set(file.path, end);
      }
    }
    if (unreadable.length > 0) throw unreadable[0];
    return next.length > 0;
  }

  /** The next batch of a process's files, oldest first. Deletes those that are done. */
  #nextOf(files: readonly EventFile[]): Batch | undefined {
    for (const file of files) {
      // Check this before reading: lines added after the last read of an unfinished file are read next time.
      const finished = isFinished(file, openFiles);
      const batch = readBatch(file, this.#read.get(file.path) ?? 0);
      if (batch) return batch;
      if (finished) {
        rmSync(file.path, { force: true });
        this.#read.delete(file.path);
      }
    }
    return undefined;
  }

  /**
   * Retries until the events are taken or set aside; false if it was stopped first.
   * @param patience maximum number of failures
   */
  async #insist(waiting: readonly Waiting[], patience = FAILURES_MAX): Promise<boolean> {
    const events = waiting.map(({ event }) => event);
    for (let tried = 0, failures = 0; !this.#running.signal.aborted; tried += 1) {
      this.#live();
      const came = await this.deliver(events, this.#running.signal).catch((): Delivered => 'later');
      if (came === 'taken') return true;
      if (came === 'failed') failures += 1;
      if (came === 'refused' || failures >= patience) return this.#refused(waiting);
      await this.#wait(Math.min(RETRY_MAX_MS, this.retryMs * 2 ** Math.min(tried, 10)));
    }
    return false;
  }

  /** If only one event is bad, the others must not be lost: tries each half separately. */
  async #refused(waiting: readonly Waiting[]): Promise<boolean> {
    const [first, ...others] = waiting;
    if (first && others.length === 0) {
      this.#setAside(first.file, [JSON.stringify(first.event)], 'the receiver refuses it');
      return true;
    }
    const half = Math.ceil(waiting.length / 2);
    return (
      (await this.#insist(waiting.slice(0, half), 1)) &&
      (await this.#insist(waiting.slice(half), 1))
    );
  }

  #setAside(file: EventFile, lines: readonly string[], why: string): void {
    const to = rejectedFile(file);
    appendFileSync(to, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    this.log(`events: ${lines.length} set aside in ${to}: ${why}`);
  }
}

// Reading a queue file from a given position, in batches of the size of a delivery. An incomplete last line is ignored: its
// writer is still writing it, or was killed and never confirmed the event.

/** Maximum bytes of a batch: those of a delivery, without the JSON around the events. */
const READ_MAX_BYTES = BATCH_MAX_BYTES - 1_024;
const LINE_END = 10;

/** Lines of a file for one delivery. */
interface Batch {
  readonly file: EventFile;
  readonly events: readonly CallEvent[];
  /** Lines that are not valid events. */
  readonly broken: readonly string[];
  readonly bytes: number;
  /** Position of the next batch. */
  readonly end: number;
}

/** An event that waits for its delivery. */
interface Waiting {
  readonly file: EventFile;
  readonly event: CallEvent;
}

/** Batches in their order, as many together as fit into one delivery. */
function fitting(batches: readonly Batch[]): Batch[][] {
  const groups: Batch[][] = [];
  let events = 0;
  let bytes = 0;
  for (const batch of batches) {
    events += batch.events.length;
    bytes += batch.bytes;
    const group = groups.at(-1);
    if (group && events <= BATCH_MAX && bytes <= READ_MAX_BYTES) group.push(batch);
    else {
      groups.push([batch]);
      events = batch.events.length;
      bytes = batch.bytes;
    }
  }
  return groups;
}

/** Opens a file; undefined if another owner has taken it over, delivered it and deleted it. */
function openThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The next batch from `start`; undefined if there is no complete line yet, or no file any more. */
function readBatch(file: EventFile, start: number): Batch | undefined {
  const fd = openThere(file.path);
  if (fd === undefined) return undefined;
  try {
    const size = Math.min(fstatSync(fd).size - start, READ_MAX_BYTES);
    if (size <= 0) return undefined;
    const bytes = Buffer.alloc(size);
    const got = bytes.subarray(0, readSync(fd, bytes, 0, size, start));
    const events: CallEvent[] = [];
    const broken: string[] = [];
    let end = 0;
    while (events.length < BATCH_MAX) {
      const lineEnd = got.indexOf(LINE_END, end);
      if (lineEnd < 0) break;
      const line = got.toString('utf8', end, lineEnd);
      end = lineEnd + 1;
      if (line === '') continue;
      const event = jsonAs(callEvent, line);
      if (event) events.push(event);
      else broken.push(line);
    }
    if (end > 0) return { file, events, broken, bytes: end, end: start + end };
    // No valid event has a line this long.
    if (size < READ_MAX_BYTES) return undefined;
    return { file, events, broken: [got.toString('utf8')], bytes: size, end: start + size };
  } finally {
    closeSync(fd);
  }
}
