// Like people, simulated callers repeat what the agent did not understand: if it asks for that and nothing else is
// wrong. The line's result then shows both.

import { type LineResult, TEXT_MAX } from '@/lib/calls/test-calls/result';
import type { ScenarioLine } from '../../lib/simulations/scenario';
import { findPhrase } from './match';

/** How agents ask callers to repeat something. */
const ASKS =
  "didn't catch / didn't get that / didn't understand / didn't hear / say that again / repeat that / pardon";

/** Whether the caller repeats a line. */
export const isAskedToRepeat = (line: ScenarioLine, { heard, misses }: LineResult): boolean =>
  line.say !== undefined &&
  misses.some(({ kind }) => kind === 'not heard' || kind === 'not handed over') &&
  findPhrase(ASKS, heard).found;

const both = (one: string, other: string) => `${one} – ${other}`.slice(0, TEXT_MAX);

/** The result of a repeated line: the second response counts, but does not excuse other faults of the first. */
export const mergeRepeated = (first: LineResult, second: LineResult): LineResult => ({
  ...first,
  said: both(first.said, second.said),
  heard: both(first.heard, second.heard),
  misses: [
    ...first.misses.filter(({ kind }) => kind === 'late' || kind === 'heard'),
    ...second.misses,
  ],
});
