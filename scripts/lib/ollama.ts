// Ollama on this machine: `npm start` mentions it while no model is set, and LLM_MODEL alone uses it.
import { z } from 'zod';
import { setsModel } from '@/lib/core/models';

type Settings = Parameters<typeof setsModel>[0];

/** Ollama's default address. */
const OLLAMA_URL = 'http://127.0.0.1:11434';
/** Milliseconds for its answer. */
const ANSWER_MS = 500;

const tags = z.object({ models: z.array(z.object({ name: z.string() })) });

/** The server of `LLM_MODEL` if no other is set. */
export const ollamaUrl = (env: Settings): string | undefined =>
  env.LLM_MODEL && !setsModel(env) ? `${OLLAMA_URL}/v1` : undefined;

/** What `npm start` says about Ollama; undefined if it is not running, has no model, or a model is set. */
export async function ollamaHint(env: Settings, url = OLLAMA_URL): Promise<string | undefined> {
  if (setsModel(env) || env.LLM_MODEL) return undefined;
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
