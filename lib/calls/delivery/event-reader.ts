// Reads a queue file from a given position, in batches of the size of a delivery. An incomplete last line is ignored:
// its writer is still writing it, or was killed and never confirmed the event.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BATCH_MAX, BATCH_MAX_BYTES, type CallEvent, callEvent } from '../event';

/** Maximum bytes of a batch: those of a delivery, without the JSON around the events. */
const PASSAGE_MAX_BYTES = BATCH_MAX_BYTES - 1_024;
const LINE_END = 10;

/** Lines of a file for one delivery. */
export interface Passage {
  readonly events: readonly CallEvent[];
  /** Lines that are not valid events. */
  readonly broken: readonly string[];
  /** Position of the next batch. */
  readonly end: number;
}

function parsed(line: string): CallEvent | undefined {
  try {
    return callEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** The next batch from `start`; undefined if there is no complete line yet. */
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
    // No valid event has a line this long.
    if (size < PASSAGE_MAX_BYTES) return undefined;
    return { events, broken: [got.toString('utf8')], end: start + size };
  } finally {
    closeSync(fd);
  }
}
