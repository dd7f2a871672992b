// Reads a queue file from where it was left off, in batches that a delivery can carry. Half a line at
// the end of a file is left: its writer is in the middle of it, or was killed there and never said
// that it is kept.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BATCH_MAX, BATCH_MAX_BYTES, type CallEvent, callEvent } from '../event';

/** Bytes of a passage: a delivery's, less what stands around its events. */
const PASSAGE_MAX_BYTES = BATCH_MAX_BYTES - 1_024;
const LINE_END = 10;

/** Lines of a file that belong together into one delivery. */
export interface Passage {
  readonly events: readonly CallEvent[];
  /** Lines that are no events. */
  readonly broken: readonly string[];
  /** Where the next passage begins. */
  readonly end: number;
}

function parsed(line: string): CallEvent | undefined {
  try {
    return callEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The next passage from `start` on; undefined where there is no whole line yet. */
export function readPassage(path: string, start: number): Passage | undefined {
  const fd = openSync(path, 'r');
  try {
    const size = Math.min(fstatSync(fd).size - start, PASSAGE_MAX_BYTES);
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
      const event = parsed(line);
      if (event) events.push(event);
      else broken.push(line);
    }
    if (end > 0) return { events, broken, end: start + end };
    // No event has a line this long.
    if (size < PASSAGE_MAX_BYTES) return undefined;
    return { events, broken: [got.toString('utf8')], end: start + size };
  } finally {
    closeSync(fd);
  }
}
