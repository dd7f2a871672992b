// The models of an agent: the configured language models in order, then the agent's scripted agent
// as the last fallback or, without any, as the only one.
import type { llm } from '@livekit/agents';
import { lettaAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import type { ModelRef } from '../../lib/core/models';
import type { AgentDefinition, CallHandle } from '../call/agent-definition';
import { withScriptedFallback } from '../scripted/scripted-llm';
import { makeChatModel } from './chat-models';
import type { Failed } from './failure';
import { forwardCancellation, retryFailedModels } from './fallback-adapter';
import { makeLetta } from './letta';
import type { MonitoredRealtime } from './monitored-realtime';
import { makeRealtime } from './realtime';

/** The models of a call. */
export interface CallModels {
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
