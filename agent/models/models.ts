// The models of an agent: the configured language models in order, then the agent's scripted agent as the last fallback
// or, without any, as the only one.
import { type APIConnectOptions, inference, llm } from '@livekit/agents';
import type { AgentDefinition, CallHandle } from '@/agent/core/agent-definition';
import { notices } from '@/agent/core/notices';
import { repairFallback } from '@/agent/framework/fallback-adapter';
import { FLUSH } from '@/agent/framework/flush';
import { makeLetta } from '@/agent/models/letta/letta-llm';
import { type Failed, TimeoutLlm } from '@/agent/models/llm-timeout';
import { type MonitoredRealtime, makeRealtime, openAiPlugin } from '@/agent/models/realtime';
import { lettaAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { modelName } from '@/lib/core/model-names';
import type { ModelRef } from '@/lib/core/models';

/** Makes a model that is neither a chat model nor a realtime model. `failed` is called when it does not answer. */
type MakeModel = (ref: ModelRef, config: Config, call: CallHandle, failed: Failed) => llm.LLM;

/** Other kinds of models, which can be deleted: their folder, and their line here. */
const OTHERS: Partial<Record<ModelRef['kind'], MakeModel>> = { letta: makeLetta };

/** The models of this call. For Letta only the chosen agent: no other model can replace it. */
function modelsOf(
  config: Config,
  { name }: AgentDefinition,
  { letta }: CallHandle,
): readonly ModelRef[] {
  if (name !== lettaAgent.name) return config.agentModels[name]?.models ?? [];
  return letta ? [{ kind: 'letta', model: letta.agent }] : [];
}

/** The models of an agent in a call. */
export function makeModels(
  config: Config,
  definition: AgentDefinition,
  call: CallHandle,
  failed: Failed,
) {
  let realtime: MonitoredRealtime | undefined;
  const asked: llm.LLM[] = [];

  for (const ref of modelsOf(config, definition, call)) {
    const make = OTHERS[ref.kind];
    if (ref.kind === 'realtime') realtime = makeRealtime(ref, config);
    else asked.push(make?.(ref, config, call, failed) ?? makeChatModel(ref, config, failed));
  }
  const scripted = definition.scripted(call);
  return { llm: withScriptedFallback(asked, scripted, realtime !== undefined), realtime };
}

/** Keys for LiveKit Inference: its own, or the LiveKit server's. */
export const inferenceKeys = (config: Config) => ({
  apiKey: config.LIVEKIT_INFERENCE_API_KEY ?? config.LIVEKIT_API_KEY,
  apiSecret: config.LIVEKIT_INFERENCE_API_SECRET ?? config.LIVEKIT_API_SECRET,
  ...(config.LIVEKIT_INFERENCE_URL && { baseURL: config.LIVEKIT_INFERENCE_URL }),
});

/** An agent's first model for text, if any: what its usage is reported as, and its client. */
export function textModel(config: Config, agent: string) {
  const models = config.agentModels[agent]?.models ?? [];
  const ref = models.find(({ kind }) => kind !== 'realtime' && kind !== 'letta');
  if (!ref) return undefined;
  const usage = { type: 'llm', provider: ref.kind, model: ref.model } as const;
  return { usage, client: clientOf(ref, config) };
}

/** The client of a model. A key is only sent to the server it belongs to. */
async function clientOf({ kind, model }: ModelRef, config: Config): Promise<llm.LLM> {
  if (kind === 'inference') return new inference.LLM({ model, ...inferenceKeys(config) });
  const { LLM } = await openAiPlugin();
  if (kind === 'openai') {
    const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey = '' } = config;
    return new LLM({ ...(baseURL && { baseURL }), apiKey, model });
  }
  // Local servers need no key, but the client requires one. Never send them OpenAI's key.
  const { LLM_URL: baseURL, LLM_KEY: apiKey = 'none' } = config;
  return new LLM({ ...(baseURL && { baseURL }), apiKey, model });
}

function makeChatModel(ref: ModelRef, config: Config, failed: Failed): llm.LLM {
  return new TimeoutLlm({
    name: modelName(ref, config),
    model: ref.model,
    provider: ref.kind,
    made: clientOf(ref, config),
    failed,
  });
}

type Request = Parameters<llm.LLM['chat']>[0];

/** The scripted agent as a fallback: it apologizes once, and the conversation continues. */
class ScriptedFallback extends llm.LLM {
  constructor(private readonly scripted: llm.LLM) {
    super();
  }

  label(): string {
    return `${this.scripted.label()}, standing in`;
  }

  chat(request: Request): llm.LLMStream {
    return new ScriptedFallbackStream(this, this.scripted, request);
  }
}

class ScriptedFallbackStream extends llm.LLMStream {
  constructor(
    standby: llm.LLM,
    private readonly scripted: llm.LLM,
    private readonly request: Request,
  ) {
    const { chatCtx, toolCtx, connOptions = ONCE } = request;
    super(standby, { chatCtx, ...(toolCtx && { toolCtx }), connOptions });
  }

  protected async run(): Promise<void> {
    const { apology } = notices;
    // From what was really said: interrupted or discarded answers are not in the context.
    const apologised = this.request.chatCtx.items.some(
      (item) => item.type === 'message' && item.textContent?.includes(apology),
    );
    if (!apologised) {
      this.queue.put({ id: 'apology', delta: { role: 'assistant', content: `${apology} ` } });
      this.queue.put(FLUSH);
    }
    for await (const chunk of this.scripted.chat(this.request)) this.queue.put(chunk);
  }
}

/** A local fallback is not retried. */
const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 60_000 };

/**
 * The models in order, with the scripted agent as the last fallback, or that one alone without models.
 * @param apologises whether it apologizes even when alone, as the fallback of a model that is not in the list
 */
function withScriptedFallback(
  models: readonly llm.LLM[],
  scripted: llm.LLM,
  apologises = false,
): llm.LLM {
  if (models.length === 0) return apologises ? new ScriptedFallback(scripted) : scripted;
  const adapter = new llm.FallbackAdapter({
    llms: [...models, new ScriptedFallback(scripted)],
    // The next model continues an answer that broke off.
    retryOnChunkSent: true,
  });
  return repairFallback(adapter);
}
