// The language model that plays callers with a goal, and judges calls by criteria: one with OpenAI's API,
// from the same settings as the agents' models. It is no part of what is rehearsed.
import OpenAI from 'openai';
import { type ModelRef, mindsOf } from '../../lib/core/models';

/** Milliseconds for an answer: callers who think for longer are asked whether they are still there. */
const ANSWER_MS = 30_000;

/** What some models write before their answer. */
const THOUGHT = /<think>[\s\S]*?<\/think>/g;

/** A message of a chat. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Answers a chat. @throws Error in words, where it does not */
export type Model = (messages: readonly Message[], signal: AbortSignal) => Promise<string>;

type Settings = Readonly<Record<string, string | undefined>>;

/** The first model that is asked for text by OpenAI's API: of `MODELS`, else of `LLM_*` and `OPENAI_*`. */
function refOf(set: Settings): ModelRef | undefined {
  const speaks = ({ kind }: ModelRef) => kind === 'openai' || kind === 'compatible';
  const of = (settings: Settings) => mindsOf(settings, '').models.find(speaks);
  return of(set) ?? of({ ...set, MODELS: undefined });
}

/** The model of the settings; undefined where they name none. */
export function modelOf(set: Settings): Model | undefined {
  const ref = refOf(set);
  if (!ref) return undefined;
  const own = ref.kind === 'compatible';
  const client = new OpenAI({
    // Local servers want no key, but the client insists on one.
    apiKey: (own ? set.LLM_KEY : set.OPENAI_API_KEY) || 'none',
    baseURL: (own ? set.LLM_URL : set.OPENAI_BASE_URL) || undefined,
    timeout: ANSWER_MS,
  });
  return async (messages, signal) => {
    try {
      const body = { model: ref.model, messages: [...messages], stream: true as const };
      // One of its own for each request: the client leaves its listeners on it.
      const options = { signal: AbortSignal.any([signal]) };
      let text = '';
      for await (const { choices } of await client.chat.completions.create(body, options)) {
        text += choices[0]?.delta?.content ?? '';
      }
      return text.replace(THOUGHT, '').trim();
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The language model ${ref.model} did not answer: ${why}`, { cause: error });
    }
  };
}

/** What is told where a rehearsal needs a model and there is none. */
export const NO_MODEL =
  'A goal and criteria need a language model: set LLM_URL and LLM_MODEL, or OPENAI_API_KEY.';
