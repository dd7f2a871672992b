// The language model that plays callers with a goal and judges criteria, with OpenAI's API and the agents' settings. It is
// not part of what is tested, and knows only the transcript, as a caller would.
import OpenAI from 'openai';
import { z } from 'zod';
import { type LineResult, type Miss, TEXT_MAX } from '@/lib/calls/test-calls/result';
import { jsonAs } from '@/lib/core/json';
import { type ModelRef, modelsOf } from '@/lib/core/models';
import type { ScenarioGoal } from '@/lib/simulations/scenarios';

/** Milliseconds for a response: agents ask slower callers whether they are still there. */
const ANSWER_MS = 30_000;

/** Reasoning that some models write before their response. */
const THOUGHT = /<think>[\s\S]*?<\/think>/g;

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Completes a chat. @throws Error with a readable message if it fails */
export type Model = (messages: readonly Message[], signal: AbortSignal) => Promise<string>;

type Settings = Readonly<Record<string, string | undefined>>;

/** The first text model with OpenAI's API: of `MODELS`, otherwise of `LLM_*` and `OPENAI_*`. */
function refOf(set: Settings): ModelRef | undefined {
  const speaks = ({ kind }: ModelRef) => kind === 'openai' || kind === 'compatible';
  const of = (settings: Settings) => modelsOf(settings, '').models.find(speaks);
  return of(set) ?? of({ ...set, MODELS: undefined });
}

/** The configured model; undefined if there is none. */
export function modelOf(set: Settings): Model | undefined {
  const ref = refOf(set);
  if (!ref) return undefined;
  const own = ref.kind === 'compatible';
  const client = new OpenAI({
    // Local servers need no key, but the client requires one.
    apiKey: (own ? set.LLM_KEY : set.OPENAI_API_KEY) || 'none',
    baseURL: (own ? set.LLM_URL : set.OPENAI_BASE_URL) || undefined,
    timeout: ANSWER_MS,
  });
  return async (messages, signal) => {
    try {
      const body = { model: ref.model, messages: [...messages], stream: true as const };
      // A separate signal for each request, because the client leaves listeners on it.
      const options = { signal: AbortSignal.any([signal]) };
      let text = '';
      for await (const { choices } of await client.chat.completions.create(body, options)) {
        text += choices[0]?.delta?.content ?? '';
      }
      return text.replace(THOUGHT, '').trim();
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The language model ${ref.model} did not respond: ${why}`, { cause: error });
    }
  };
}

/** Shown if a simulation needs a model and none is configured. */
export const NO_MODEL =
  'A goal and criteria need a language model: set LLM_URL and LLM_MODEL, or OPENAI_API_KEY.';

const HANG_UP = '[HANG UP]';
/** Most characters of a line; longer text is not a line of a conversation. */
const LINE_MAX = 500;

/** The caller's next line. */
export interface NextLine {
  /** Empty if the caller hangs up without a word. */
  readonly words: string;
  readonly hangsUp: boolean;
}

const callerInstructions = ({ wants, manner }: ScenarioGoal) =>
  [
    'You play somebody who calls on the telephone. The other messages are what the other end says.',
    `What you want and know: ${wants}`,
    ...(manner ? [`What you are like: ${manner}`] : []),
    'Answer with the words that you say next and nothing else: one or two short spoken sentences, no',
    'stage directions, no lists, numbers as they are spoken. Say only what fits what you heard; make up',
    'no facts about the other end, and do not speak for it. What you hear was written down by a',
    'recognizer: forgive its spelling.',
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

function chatOf(goal: ScenarioGoal, lines: readonly LineResult[]): Message[] {
  const said = lines.flatMap(({ said: own, heard }): Message[] => [
    ...(own ? [{ role: 'assistant' as const, content: own }] : []),
    { role: 'user', content: heard || '(silence)' },
  ]);
  return [{ role: 'system', content: callerInstructions(goal) }, ...said];
}

interface GoalContext {
  readonly goal: ScenarioGoal;
  readonly model: Model;
  /** Says a line and listens, or only listens without one. Resolves with the result. */
  readonly say: (line: NextLine | undefined) => Promise<LineResult>;
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

const JUDGE_INSTRUCTIONS = [
  'You judge a telephone call by criteria. What the agent said was written down by a recognizer: forgive',
  'its spelling, not what is missing. Judge each criterion by what was said alone; where the call does',
  'not show that it is met, it is not. Answer with JSON and nothing else:',
  '{"criteria": [{"number": 1, "met": true, "why": "one short sentence"}]}',
].join('\n');

const verdicts = z.object({
  criteria: z.array(
    z.object({ number: z.number().int(), met: z.boolean(), why: z.string().default('') }),
  ),
});

/** Parses the verdicts in a response, with or without surrounding text. @throws Error with a readable message */
function readVerdicts(answer: string): z.infer<typeof verdicts> {
  const json = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
  const found = jsonAs(verdicts, json);
  if (found) return found;
  throw new Error(`The language model returned no valid verdicts: ${answer.slice(0, 200)}`);
}

/** The criteria that are not met. @throws Error with a readable message if the model does not judge all of them */
export async function judgeCriteria(
  criteria: readonly string[],
  lines: readonly Pick<LineResult, 'said' | 'heard'>[],
  model: Model,
  signal: AbortSignal,
): Promise<Miss[]> {
  const talk = lines.map(
    ({ said, heard }) => `Caller: ${said || '(silence)'}\nAgent: ${heard || '(silence)'}`,
  );
  const numbered = criteria.map((criterion, at) => `${at + 1}. ${criterion}`);
  const content = `The call:\n${talk.join('\n')}\n\nThe criteria:\n${numbered.join('\n')}`;
  const messages = [
    { role: 'system', content: JUDGE_INSTRUCTIONS },
    { role: 'user', content },
  ] as const;
  const found = readVerdicts(await model(messages, signal));
  return criteria.flatMap((criterion, at): Miss[] => {
    const verdict = found.criteria.find(({ number }) => number === at + 1);
    if (!verdict) throw new Error(`The language model did not judge “${criterion}”.`);
    return verdict.met ? [] : [{ kind: 'not met', criterion, why: verdict.why.slice(0, TEXT_MAX) }];
  });
}
