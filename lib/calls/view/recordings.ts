// The recordings of a call, as its events tell of them. Pure.
import type { Mark, Timeline } from '../call';

/** A stretch of a call that was recorded. Milliseconds from the request. */
export interface CallRecording {
  /** Below the folder of recordings, or in Egress's bucket. */
  readonly file: string;
  readonly from: number;
  /** Undefined while it goes on, and where its end was never told. */
  readonly to: number | undefined;
  /** Where LiveKit's Egress says it is; undefined for what an agent recorded. */
  readonly location: string | undefined;
}

/** The recordings in the order in which they began: the place of each is its number on the web. */
export function recordingsOf({ marks }: Pick<Timeline, 'marks'>): CallRecording[] {
  const found = new Map<string, CallRecording>();
  for (const mark of marks) {
    if (mark.kind !== 'event' || mark.what.kind !== 'recording') continue;
    const { file, startedAt, endedAt, location } = mark.what;
    const to = endedAt === undefined ? undefined : mark.from;
    // An end whose beginning did not come knows how long it took.
    const from = found.get(file)?.from ?? mark.from - ((endedAt ?? startedAt) - startedAt);
    found.set(file, { file, from, to, location });
  }
  return [...found.values()];
}

type Turn = Extract<Mark, { kind: 'turn' }>;

/** The turn that is heard at a moment of the call: of several at once the one that began last. */
export function turnAt(marks: readonly Mark[], at: number): Turn | undefined {
  return marks.findLast(
    (mark): mark is Turn => mark.kind === 'turn' && !mark.typed && mark.from <= at && at < mark.to,
  );
}

/** The words of a text, each with the space after it. */
export const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*/g) ?? [];

/**
 * Which word of a turn is heard at a moment. No event tells when each word was said, so this is an
 * estimate: the words are spread over the length of the turn in proportion to their letters.
 */
export function wordAt(turn: Pick<Turn, 'from' | 'to' | 'text'>, at: number): number {
  const words = wordsOf(turn.text);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const share = (at - turn.from) / Math.max(1, turn.to - turn.from);
  let passed = 0;
  const index = words.findIndex((word) => {
    passed += word.length;
    return passed > share * letters;
  });
  return index < 0 ? words.length - 1 : index;
}
