// Appends events to a queue file. An event for which `add` returned true survives even `kill -9`, because the kernel
// has the line. It does not wait for the disk (fsync): that takes tens of milliseconds, which would disturb a call's
// audio. So a power failure may lose the last seconds.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import type { CallEvent } from '../event';
import { newFile } from './event-file';

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
   * Appends an event; returns whether it is on disk. If not, it is written with the next one. Takes about ten
   * microseconds and never throws.
   */
  add(event: CallEvent): boolean {
    this.#waiting.push(`${JSON.stringify(event)}\n`);
    if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
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
      if (!this.#failed) console.error(`events: cannot write to ${this.folder}: ${error}`);
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
    mkdirSync(this.folder, { recursive: true });
    this.#count += 1;
    const path = newFile(this.folder, this.owner, this.#count);
    const fd = openSync(path, 'a', 0o600);
    openFiles.add(path);
    return { fd, path };
  }
}
