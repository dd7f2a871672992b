// The recordings of a call, from its events. Pure.
import { sumBy } from 'es-toolkit';
import type { Mark, Timeline } from '@/lib/calls/call';
import { isTurn, type Turn } from '@/lib/calls/view/picture';

/** A recorded part of a call. Milliseconds since the request. */
export interface CallRecording {
  /** Relative to the recordings folder or to Egress's prefix in the bucket. */
  readonly file: string;
  readonly from: number;
  /** Undefined while it is being recorded, or if its end was never reported. */
  readonly to: number | undefined;
  /** The location that LiveKit's Egress reported; undefined for an agent's recording. */
  readonly location: string | undefined;
}

/** The recordings by start time; the index of each is its number in the API. */
export function recordingsOf({ marks }: Pick<Timeline, 'marks'>): CallRecording[] {
  const found = new Map<string, CallRecording>();
  for (const mark of marks) {
    if (mark.kind !== 'event' || mark.what.kind !== 'recording') continue;
    const { file, startedAt, endedAt, location } = mark.what;
    const to = endedAt === undefined ? undefined : mark.from;
    // If the start event is missing, the end event has it.
    const from = found.get(file)?.from ?? mark.from - ((endedAt ?? startedAt) - startedAt);
    found.set(file, { file, from, to, location });
  }
  return [...found.values()];
}

/** The turn that is heard at a moment of the call; of several the one that began last. */
export function turnAt(marks: readonly Mark[], at: number): Turn | undefined {
  return marks.filter(isTurn).findLast(({ typed, from, to }) => !typed && from <= at && at < to);
}

/** The words of a text, each with the space after it. */
export const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*/g) ?? [];

/**
 * Which word of a turn is heard at a moment. Events have no times of words, so this is an estimate: the words are
 * distributed over the turn in proportion to their length.
 */
export function wordAt(turn: Pick<Turn, 'from' | 'to' | 'text'>, at: number): number {
  const words = wordsOf(turn.text);
  const letters = sumBy(words, ({ length }) => length);
  const share = (at - turn.from) / Math.max(1, turn.to - turn.from);
  let passed = 0;
  const index = words.findIndex((word) => {
    passed += word.length;
    return passed > share * letters;
  });
  return index < 0 ? words.length - 1 : index;
}
