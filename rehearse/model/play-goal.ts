// A caller with a goal instead of lines: a language model makes up each line from what was heard so far,
// until the goal is reached, or cannot be.

import type { LineResult } from '../../lib/calls/test-calls/result';
import type { RehearsalGoal } from '../../lib/simulations/rehearsal';
import type { Message, Model } from './model';

/** What the model writes where the caller hangs up. */
const HANG_UP = '[HANG UP]';
/** Letters of a line: what is longer is no longer a line of a talk. */
const LINE_MAX = 500;

/** What a caller says next. */
export interface NextLine {
  /** Empty where the caller hangs up without a word. */
  readonly words: string;
  readonly hangsUp: boolean;
}

const instructions = ({ wants, manner }: RehearsalGoal) =>
  [
    'You play somebody who calls on the telephone. The other messages are what the other end says.',
    `What you want and know: ${wants}`,
    ...(manner ? [`What you are like: ${manner}`] : []),
    'Answer with the words that you say next and nothing else: one or two short spoken sentences, no',
    'stage directions, no lists, numbers as they are spoken. Say only what fits what you heard; make up',
    'no facts about the other end, and do not speak for it. What you hear was written down by a',
    'recogniser: forgive its spelling.',
    `When you have what you want, or see that you will not get it, say goodbye and write ${HANG_UP}.`,
  ].join('\n');

/** What models write around words that are to be spoken. */
function spoken(text: string): string {
  const words = text
    .replaceAll(HANG_UP, ' ')
    .replace(/[*_#`"“”]+/g, ' ')
    .replace(/^\s*(?:caller|me)\s*:/i, ' ');
  return words.replace(/\s+/g, ' ').trim().slice(0, LINE_MAX);
}

/** The chat so far, seen from the caller. */
function chatOf(goal: RehearsalGoal, lines: readonly LineResult[]): Message[] {
  const said = lines.flatMap(({ said: own, heard }): Message[] => [
    ...(own ? [{ role: 'assistant' as const, content: own }] : []),
    { role: 'user', content: heard || '(silence)' },
  ]);
  return [{ role: 'system', content: instructions(goal) }, ...said];
}

/** What a talk by a goal is played with. */
export interface Playing {
  readonly goal: RehearsalGoal;
  readonly model: Model;
  /** Says a line and listens, or only listens where there is none; resolves with what came of it. */
  readonly say: (line: NextLine | undefined) => Promise<LineResult>;
  /** Whether the other end has hung up. */
  readonly over: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Plays a goal. @throws Error in words, where the model does not answer */
export async function playGoal({ goal, model, say, over, signal }: Playing): Promise<void> {
  const lines = [await say(undefined)];
  for (let number = 1; number <= goal.lines; number += 1) {
    const text = await model(chatOf(goal, lines), signal);
    const next = { words: spoken(text), hangsUp: text.includes(HANG_UP) };
    if (next.words) lines.push(await say(next));
    if (next.hangsUp || !next.words || (await over())) return;
  }
}
