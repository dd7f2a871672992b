// People who are not understood say it once more. So do callers of rehearsals, where the agent asks for it and
// nothing else is wrong yet; the line then shows both.

import { type LineResult, TEXT_MAX } from '@/lib/calls/test-calls/result';
import { look } from './match';
import type { RehearsalLine } from './rehearsal';

/** How agents ask for the same words once more. */
const ASKS =
  "didn't catch / didn't get that / didn't understand / didn't hear / say that again / repeat that / pardon";

/** Whether the caller says a line once more. */
export const isAskedAgain = (line: RehearsalLine, { heard, misses }: LineResult): boolean =>
  line.say !== undefined &&
  misses.some(({ kind }) => kind === 'not heard' || kind === 'not handed over') &&
  look(ASKS, heard).found;

const both = (one: string, other: string) => `${one} – ${other}`.slice(0, TEXT_MAX);

/** What came of a line that was said twice: the second answer counts, but not for what was wrong with the first. */
export const saidTwice = (first: LineResult, second: LineResult): LineResult => ({
  ...first,
  said: both(first.said, second.said),
  heard: both(first.heard, second.heard),
  misses: [
    ...first.misses.filter(({ kind }) => kind === 'late' || kind === 'heard'),
    ...second.misses,
  ],
});
