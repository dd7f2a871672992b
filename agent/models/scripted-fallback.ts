// The scripted agent as the fallback of language models.
import { type APIConnectOptions, llm } from '@livekit/agents';
import { notices } from '../core/notices';
import { repairFallback } from '../framework/fallback-adapter';
import { FLUSH } from '../framework/flush';

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
    super(standby, { chatCtx, toolCtx, connOptions });
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
 * The models in order, with the scripted agent as the last fallback, or that one alone without
 * models.
 * @param apologises whether it apologizes even when alone, as the fallback of a model that is not
 *   in the list
 */
export function withScriptedFallback(
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
