// The configured language models, each with the client of its kind. A key is only sent to the
// server it belongs to.
import { inference, type llm } from '@livekit/agents';
import type { Config } from '../../lib/core/config';
import type { ModelRef } from '../../lib/core/models';
import { modelName } from '../../lib/messages/en/models';
import type { Failed } from './failure';
import { TimeoutLlm } from './llm-timeout';
import { openAiPlugin } from './plugin';

/** Models that are prompted with text: all but realtime models. */
export interface ChatRef extends ModelRef {
  readonly kind: 'openai' | 'compatible' | 'inference';
}

async function openAi(options: { baseURL?: string; apiKey: string; model: string }) {
  const { LLM } = await openAiPlugin();
  return new LLM(options);
}

/** Keys for LiveKit Inference: its own, or the LiveKit server's. */
export const inferenceKeys = (config: Config) => ({
  apiKey: config.LIVEKIT_INFERENCE_API_KEY ?? config.LIVEKIT_API_KEY,
  apiSecret: config.LIVEKIT_INFERENCE_API_SECRET ?? config.LIVEKIT_API_SECRET,
  baseURL: config.LIVEKIT_INFERENCE_URL,
});

async function clientOf({ kind, model }: ChatRef, config: Config): Promise<llm.LLM> {
  switch (kind) {
    case 'openai': {
      const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey = '' } = config;
      return openAi({ baseURL, apiKey, model });
    }
    case 'compatible':
      // Local servers need no key, but the client requires one. Never send them OpenAI's key.
      return openAi({ baseURL: config.LLM_URL, apiKey: config.LLM_KEY ?? 'none', model });
    case 'inference':
      return new inference.LLM({ model, ...inferenceKeys(config) });
  }
}

/**
 * A model that is prompted with text.
 * @param failed called with the error each time a request fails
 */
export function makeChatModel(ref: ChatRef, config: Config, failed: Failed): llm.LLM {
  return new TimeoutLlm({
    name: modelName(ref, config),
    model: ref.model,
    provider: ref.kind,
    made: clientOf(ref, config),
    failed,
  });
}
