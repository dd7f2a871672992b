// The models of an agent: the configured language models in order, then the agent's scripted agent
// as the last fallback or, without any, as the only one.
import { inference, type llm } from '@livekit/agents';
import { lettaAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import type { ModelRef } from '../../lib/core/models';
import { modelName } from '../../lib/messages/en/models';
import type { AgentDefinition, CallHandle } from '../call/agent-definition';
import { withScriptedFallback } from '../scripted/scripted-llm';
import { forwardCancellation, retryFailedModels } from './fallback-adapter';
import { makeLetta } from './letta';
import type { Failed } from './llm-timeout';
import { TimeoutLlm } from './llm-timeout';
import type { MonitoredRealtime } from './realtime';
import { makeRealtime, openAiPlugin } from './realtime';

/** The models of a call. */
interface CallModels {
  /** Text models in order, the scripted agent last. */
  readonly llm: llm.LLM;
  /** A realtime model with its own audio; if it fails, `llm` takes over. */
  readonly realtime?: MonitoredRealtime;
}

/** The models of this call. For Letta only the chosen agent: no other model can replace it. */
function modelsOf(config: Config, { name }: AgentDefinition, { letta }: CallHandle) {
  if (name !== lettaAgent.name) return config.agentModels[name]?.models ?? [];
  return letta ? [{ kind: 'letta', model: letta.agent } as const] : [];
}

/**
 * The models of an agent in a call.
 * @param failed called with the error when a model does not answer
 */
export function makeModels(
  config: Config,
  definition: AgentDefinition,
  call: CallHandle,
  failed: Failed,
): CallModels {
  let realtime: MonitoredRealtime | undefined;
  const asked: llm.LLM[] = [];

  function add({ kind, model, voice }: ModelRef): void {
    switch (kind) {
      case 'realtime':
        realtime = makeRealtime({ kind, model, voice }, config);
        break;
      case 'letta': {
        const { LETTA_URL: url = '', LETTA_API_KEY: key } = config;
        const caller = () => call.caller();
        const calledIn = () => call.id();
        asked.push(makeLetta({ url, key, agentId: model, caller, calledIn }, failed));
        break;
      }
      default:
        asked.push(makeChatModel({ kind, model }, config, failed));
    }
  }

  for (const ref of modelsOf(config, definition, call)) add(ref);
  const model = withScriptedFallback(asked, definition.scripted(call), realtime !== undefined);
  return { llm: retryFailedModels(forwardCancellation(model)), realtime };
}

/** Models that are prompted with text: all but realtime models. */
interface ChatRef extends ModelRef {
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
function makeChatModel(ref: ChatRef, config: Config, failed: Failed): llm.LLM {
  return new TimeoutLlm({
    name: modelName(ref, config),
    model: ref.model,
    provider: ref.kind,
    made: clientOf(ref, config),
    failed,
  });
}
