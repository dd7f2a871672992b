// Sound as stretches of speech: from the moments at which it was loud. The same for what a browser
// heard and what a caller in Node heard. All times are milliseconds since 1970.

/** Sample value (of 32767) that counts as sound: the tests part captured speech by the same. */
export const LOUD = 300;
/** Milliseconds of quiet inside speech: longer ones part it. */
const PAUSE_MS = 300;
/** Milliseconds: what is shorter is a click, not a word. */
const WORD_MS = 60;

/** Sound without a longer pause. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Parts the moments, which are in order, where `pauseMs` of quiet is between them. */
function stretches(moments: readonly number[], pauseMs = PAUSE_MS): Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const at of moments) {
    const last = found.at(-1);
    if (last && at - last.to < pauseMs) last.to = at;
    else found.push({ from: at, to: at });
  }
  return found.filter(({ from, to }) => to - from >= WORD_MS);
}

/** What was asked, and when the answer to it was heard. */
export interface Exchange {
  /** When the caller's last word was over. */
  readonly askedAt: number;
  /** When the first sound came that began after the question did. */
  readonly heardAt: number;
}

/**
 * A question that began at or after `since`, and its answer; undefined while there is none.
 * Negative from `askedAt` to `heardAt` is an agent that cut in.
 */
export function exchange(
  spoken: readonly number[],
  heard: readonly number[],
  since: number,
): Exchange | undefined {
  const mine = spoken.filter((at) => at >= since);
  const [first = Number.NaN, last = Number.NaN] = [mine[0], mine.at(-1)];
  const answer = stretches(heard).find(({ from }) => from > first);
  return answer && { askedAt: last, heardAt: answer.from };
}

/** Questions for the front desk that stand alone and have a short answer. */
export const QUESTIONS: readonly string[] = [
  'What is your address?',
  'When are you open on Monday?',
  'Is there any parking?',
  'Are you open on Saturday?',
];
