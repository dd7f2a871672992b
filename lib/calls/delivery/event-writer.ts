// Adds events to a queue file. What `add` has said true to is kept, also when this process is killed
// with -9 right after: the line is with the kernel then. It is not waited for the disk (fsync), which
// takes tens of milliseconds that a call's sound does not have: a power cut may cost the last seconds.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import type { CallEvent } from '../event';
import { newFile } from './event-file';

/** Lines that wait in memory while the disk takes none: about 5 MB. The oldest are let go first. */
const WAITING_MAX = 10_000;

/** Paths of the files that this process writes. */
export const openFiles = new Set<string>();

/** One process's own end of the queue. */
export class EventWriter {
  #open: { fd: number; path: string } | undefined;
  #count = 0;
  #waiting: string[] = [];
  #failed = false;

  /**
   * @param folder where the files are; made when it is needed
   * @param owner id of the process that delivers them
   */
  constructor(
    readonly folder: string,
    readonly owner: string,
  ) {}

  /**
   * Adds an event; tells whether it is on disk. Where not, it waits for the next one. Takes some ten
   * microseconds and never throws.
   */
  add(event: CallEvent): boolean {
    this.#waiting.push(`${JSON.stringify(event)}\n`);
    if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
    return this.flush();
  }

  /** Tries to write what waits; tells whether nothing waits any more. */
  flush(): boolean {
    if (this.#waiting.length === 0) return true;
    try {
      this.#open ??= this.#next();
      // After a write that failed half a line may stand there: the new line begins with its end.
      const text = (this.#failed ? '\n' : '') + this.#waiting.join('');
      const bytes = Buffer.from(text);
      if (writeSync(this.#open.fd, bytes) < bytes.length) throw new Error('the disk is full');
      this.#failed = false;
      this.#waiting = [];
      return true;
    } catch (error) {
      // Once, not with every event: a full disk stays full for a while.
      if (!this.#failed) console.error(`events: ${this.folder} takes none: ${error}`);
      this.#failed = true;
      return false;
    }
  }

  /** Ends the file, so that it can be delivered and let go; the next event begins another. */
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
