// The language model that plays callers with a goal and judges criteria, with OpenAI's API and the agents' settings. It is
// not part of what is tested.
import OpenAI from 'openai';
import { type ModelRef, modelsOf } from '../../lib/core/models';

/** Milliseconds for a response: agents ask slower callers whether they are still there. */
const ANSWER_MS = 30_000;

/** Reasoning that some models write before their response. */
const THOUGHT = /<think>[\s\S]*?<\/think>/g;

/** A chat message. */
export interface Message {
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
