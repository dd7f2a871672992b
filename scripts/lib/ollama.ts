// Ollama on this machine: `npm start` mentions it while no model is set, and LLM_MODEL alone uses it.
import { z } from 'zod';

type Env = Readonly<Record<string, string | undefined>>;

/** Ollama's default address. */
const OLLAMA_URL = 'http://127.0.0.1:11434';
/** Milliseconds for its answer. */
const ANSWER_MS = 500;

const tags = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Whether the settings choose a language model, or the scripted agent. */
const hasModel = (env: Env) =>
  Boolean(env.LLM_URL || env.OPENAI_API_KEY) ||
  Object.entries(env).some(([name, value]) => /^MODELS(_|$)/.test(name) && value);

/** The server of `LLM_MODEL` if no other is set. */
export const ollamaUrl = (env: Env): string | undefined =>
  env.LLM_MODEL && !hasModel(env) ? `${OLLAMA_URL}/v1` : undefined;

/** What `npm start` says about Ollama; undefined if it is not running, has no model, or a model is set. */
export async function ollamaHint(env: Env, url = OLLAMA_URL): Promise<string | undefined> {
  if (hasModel(env) || env.LLM_MODEL) return undefined;
  try {
    const response = await fetch(`${url}/api/tags`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const [model] = tags.parse(await response.json()).models;
    return (
      model && `runs on this machine. To talk to its model, set LLM_MODEL=${model.name} in .env.`
    );
  } catch {
    // Nothing answers, or it is another program.
    return undefined;
  }
}
