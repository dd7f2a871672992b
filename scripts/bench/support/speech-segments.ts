// A question and its answer, from the times at which audio was loud in a browser. All times are milliseconds since 1970.
import { stretches } from '@/scripts/test-caller/sounds';

/** Minimum milliseconds of silence between two segments. */
const PAUSE_MS = 300;
/** Milliseconds of silence after which the agent has finished: it pauses between sentences. */
export const DONE_MS = 1_500;

/** When a question ended, and when its answer was heard. */
export interface Exchange {
  /** End of the caller's last word. */
  readonly askedAt: number;
  /** First sound that began after the question did. */
  readonly heardAt: number;
}

/**
 * A question that began at or after `since`, and its answer; undefined if there is none yet. If `heardAt` is before
 * `askedAt`, the agent interrupted the caller.
 */
export function exchange(
  spoken: readonly number[],
  heard: readonly number[],
  since: number,
): Exchange | undefined {
  const mine = spoken.filter((at) => at >= since);
  const [first = Number.NaN, last = Number.NaN] = [mine[0], mine.at(-1)];
  const answer = stretches(heard, PAUSE_MS).find(({ from }) => from > first);
  return answer && { askedAt: last, heardAt: answer.from };
}

/** Questions for the front desk that need no context and have a short answer. */
export const QUESTIONS: readonly string[] = [
  'What is your address?',
  'When are you open on Monday?',
  'Is there any parking?',
  'Are you open on Saturday?',
];
