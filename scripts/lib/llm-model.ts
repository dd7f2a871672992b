// The model of LLM_URL, if the user did not name one: llama.cpp and vLLM have only one, so it need not be said.
import { z } from 'zod';
import { joinUrl, parseUrl } from '@/lib/core/addresses';
import { ConfigError, needsModel } from '@/lib/core/config';
import { fetchFailure } from '@/lib/core/failure-cause';
import type { Env } from '@/scripts/lib/environment';

/** Milliseconds for the answer. */
const ANSWER_MS = 5_000;
/** Number of models that are listed. */
const LISTED = 10;

/** Of OpenAI's `GET /models`. */
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** @throws Error with the reason, without the URL, which may contain a key */
async function modelsOf({ LLM_URL = '', LLM_KEY }: Env): Promise<string[]> {
  const response = await fetch(joinUrl(LLM_URL, 'models'), {
    ...(LLM_KEY && { headers: { authorization: `Bearer ${LLM_KEY}` } }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return modelList.parse(await response.json()).data.map(({ id }) => id);
}

/**
 * The settings, with LLM_MODEL if LLM_URL has one model and none is set.
 * @throws ConfigError that says what to set, if the server has several models or does not say which
 */
export async function withModel<T extends Env>(set: T): Promise<T> {
  const url = parseUrl(set.LLM_URL ?? '');
  if (!url || !needsModel(set)) return set;
  const name = 'LLM_MODEL is not set';
  const models = await modelsOf(set).catch((error) => {
    const why = error instanceof z.ZodError ? 'its answer is no list' : fetchFailure(error);
    throw new ConfigError([
      `${name}, and LLM_URL (${url.host}) cannot be asked for its models: ${why}. Start that server first, or set LLM_MODEL to ` +
        'the name of its model, such as qwen3:8b',
    ]);
  });
  const [LLM_MODEL] = models;
  if (LLM_MODEL !== undefined && models.length === 1) return { ...set, LLM_MODEL };
  throw new ConfigError([
    LLM_MODEL === undefined
      ? `${name}, and LLM_URL (${url.host}) has no model: load one there first`
      : `${name}, and LLM_URL (${url.host}) has several models: set LLM_MODEL to one of ${models.slice(0, LISTED).join(', ')}`,
  ]);
}
