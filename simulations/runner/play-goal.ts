// A caller with a goal instead of lines: a language model generates each line from the transcript, until the goal is
// reached or cannot be reached.

import type { LineResult } from '../../lib/calls/test-calls/result';
import type { ScenarioGoal } from '../../lib/simulations/scenario';
import type { Message, Model } from './language-model';

/** What the model writes to hang up. */
const HANG_UP = '[HANG UP]';
/** Most characters of a line; longer text is not a line of a conversation. */
const LINE_MAX = 500;

/** The caller's next line. */
export interface NextLine {
  /** Empty if the caller hangs up without a word. */
  readonly words: string;
  readonly hangsUp: boolean;
}

const instructions = ({ wants, manner }: ScenarioGoal) =>
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

/** Formatting that models write around spoken text. */
function spoken(text: string): string {
  const words = text
    .replaceAll(HANG_UP, ' ')
    .replace(/[*_#`"“”]+/g, ' ')
    .replace(/^\s*(?:caller|me)\s*:/i, ' ');
  return words.replace(/\s+/g, ' ').trim().slice(0, LINE_MAX);
}

/** The chat so far from the caller's view. */
function chatOf(goal: ScenarioGoal, lines: readonly LineResult[]): Message[] {
  const said = lines.flatMap(({ said: own, heard }): Message[] => [
    ...(own ? [{ role: 'assistant' as const, content: own }] : []),
    { role: 'user', content: heard || '(silence)' },
  ]);
  return [{ role: 'system', content: instructions(goal) }, ...said];
}

/** Dependencies of a conversation by a goal. */
export interface GoalContext {
  readonly goal: ScenarioGoal;
  readonly model: Model;
  /** Says a line and listens, or only listens without one. Resolves with the result. */
  readonly say: (line: NextLine | undefined) => Promise<LineResult>;
  /** Whether the agent has hung up. */
  readonly over: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Plays a goal. @throws Error with a readable message if the model does not respond */
export async function playGoal({ goal, model, say, over, signal }: GoalContext): Promise<void> {
  const lines = [await say(undefined)];
  for (let number = 1; number <= goal.lines; number += 1) {
    const text = await model(chatOf(goal, lines), signal);
    const next = { words: spoken(text), hangsUp: text.includes(HANG_UP) };
    if (next.words) lines.push(await say(next));
    if (next.hangsUp || !next.words || (await over())) return;
  }
}
