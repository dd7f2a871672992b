// Delivers the queue: in order, again and again until it is taken, and only then lets go of it. An
// event that nobody will ever take is set aside, so that it does not hold up those behind it.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallEvent } from '../event';
import {
  ALIVE_EVERY_MS,
  aliveFile,
  clearDeadSigns,
  type EventFile,
  filesIn,
  isFinished,
  isOf,
  isOrphan,
  rejectedFile,
} from './event-file';
import { readPassage } from './event-reader';
import { type EventWriter, openFiles } from './event-writer';

/**
 * Milliseconds between two looks for new events. Our own choice: pages show them, and what comes meanwhile goes
 * together. A call begins with a dozen of them, in the very moment in which its caller waits for the processor.
 */
const LOOK_EVERY_MS = 250;
/** The same once this is about to stop. */
const LAST_LOOKS_MS = 20;
/** Milliseconds before the second try of a delivery, doubled for each one after, up to the longest. */
const RETRY_MS = 250;
const RETRY_MAX_MS = 5_000;
/** Tries after which a delivery that fails at the other end counts as one that it refuses. */
const FAILURES_MAX = 5;

/**
 * What came of a delivery: taken; not now, by no fault of the events; failed on the other side, perhaps
 * by their fault; or refused for their fault.
 */
export type Delivered = 'taken' | 'later' | 'failed' | 'refused';
export type Deliver = (events: readonly CallEvent[]) => Promise<Delivered>;

/** Delivers the files of one owner, and those of owners that died. */
export class EventDelivery {
  /** Where reading goes on, by file. After a restart a file is sent from its beginning again: each event counts once. */
  readonly #read = new Map<string, number>();
  readonly #running = new AbortController();
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  /** Who leaves with manners is not waited for: what is left is another's at once. */
  readonly #leave = () => rmSync(aliveFile(this.writer.folder, this.writer.owner), { force: true });
  #aliveAt = 0;
  #orphans = new Set<string>();

  /**
   * Starts to deliver.
   * @param writer this process's own end of the queue; `owner` and `folder` are its
   * @param log told, in one line, of what was set aside
   * @param retryMs milliseconds before the second try of a delivery
   */
  constructor(
    readonly writer: EventWriter,
    readonly deliver: Deliver,
    readonly log: (line: string) => void,
    readonly retryMs = RETRY_MS,
  ) {
    mkdirSync(writer.folder, { recursive: true });
    process.once('exit', this.#leave);
    this.#ended = this.#run();
  }

  /** Tries a last time to deliver all there is, within `ms` milliseconds, then stops; the rest stays. */
  async stop(ms = 0): Promise<void> {
    const deadline = Date.now() + ms;
    this.#stopping.abort();
    while (Date.now() < deadline && !this.#isEmpty()) await pause(LAST_LOOKS_MS);
    this.#running.abort();
    await this.#ended;
    process.off('exit', this.#leave);
    this.#leave();
  }

  #isEmpty(): boolean {
    return this.#mine().every(({ path }) => !readPassage(path, this.#read.get(path) ?? 0));
  }

  async #run(): Promise<void> {
    while (!this.#running.signal.aborted) {
      try {
        this.#live();
        this.writer.flush();
        this.writer.turnOver();
        for (const file of this.#mine()) await this.#send(file);
      } catch (error) {
        this.log(`events: ${this.writer.folder} cannot be read: ${error}`);
        await this.#wait(RETRY_MAX_MS);
      }
      const stopping = this.#stopping.signal;
      if (stopping.aborted) await this.#wait(LAST_LOOKS_MS);
      else await this.#wait(LOOK_EVERY_MS, stopping);
    }
  }

  /** Waits, unless and until `over` is aborted. */
  #wait(ms: number, over = this.#running.signal): Promise<void> {
    return pause(ms, undefined, { signal: over, ref: false }).catch(() => undefined);
  }

  /** The files to deliver. Two owners may take over the same: what comes twice counts once. */
  #mine(): EventFile[] {
    const { owner } = this.writer;
    return filesIn(this.writer.folder).filter(
      (file) => isOf(owner, file) || this.#orphans.has(file.owner),
    );
  }

  /** Shows that this owner lives, and looks which do not. */
  #live(): void {
    const now = Date.now();
    if (now - this.#aliveAt < ALIVE_EVERY_MS) return;
    this.#aliveAt = now;
    const { folder, owner } = this.writer;
    writeFileSync(aliveFile(folder, owner), '');
    clearDeadSigns(folder, now);
    const dead = filesIn(folder).filter(
      (file) => !isOf(owner, file) && isOrphan(folder, file, now),
    );
    this.#orphans = new Set(dead.map((file) => file.owner));
  }

  async #send(file: EventFile): Promise<void> {
    // Asked first: what is added after the last look at a file that is not finished comes next time.
    const finished = isFinished(file, openFiles);
    for (;;) {
      const passage = readPassage(file.path, this.#read.get(file.path) ?? 0);
      if (!passage) break;
      if (passage.broken.length > 0) this.#setAside(file, passage.broken, 'not an event');
      if (passage.events.length > 0 && !(await this.#insist(file, passage.events))) return;
      this.#read.set(file.path, passage.end);
    }
    if (!finished) return;
    rmSync(file.path, { force: true });
    this.#read.delete(file.path);
  }

  /**
   * Delivers until taken or set aside; false where it was stopped before.
   * @param patience times that it may fail
   */
  async #insist(
    file: EventFile,
    events: readonly CallEvent[],
    patience = FAILURES_MAX,
  ): Promise<boolean> {
    for (let tried = 0, failures = 0; !this.#running.signal.aborted; tried += 1) {
      this.#live();
      const came = await this.deliver(events).catch((): Delivered => 'later');
      if (came === 'taken') return true;
      if (came === 'failed') failures += 1;
      if (came === 'refused' || failures >= patience) return this.#refused(file, events);
      await this.#wait(Math.min(RETRY_MAX_MS, this.retryMs * 2 ** Math.min(tried, 10)));
    }
    return false;
  }

  /** One event may be broken and the others not: each half is tried alone. */
  async #refused(file: EventFile, events: readonly CallEvent[]): Promise<boolean> {
    if (events.length === 1) {
      this.#setAside(
        file,
        events.map((one) => JSON.stringify(one)),
        'nobody takes it',
      );
      return true;
    }
    const half = Math.ceil(events.length / 2);
    return (
      (await this.#insist(file, events.slice(0, half), 1)) &&
      (await this.#insist(file, events.slice(half), 1))
    );
  }

  #setAside(file: EventFile, lines: readonly string[], why: string): void {
    const to = rejectedFile(file);
    appendFileSync(to, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    this.log(`events: ${lines.length} set aside in ${to}: ${why}`);
  }
}
