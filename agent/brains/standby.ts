// The built-in brain behind a language model: when the model fails or is too slow, the caller hears a
// short apology once, and the talk goes on without it.
import { type APIConnectOptions, llm } from '@livekit/agents';
import { wordsIn } from '../words/words';
import { BuiltInBrain, FLUSH } from './built-in-brain';

/** Said once, before the first answer without the model: in the language of the brain. */
export const APOLOGY = wordsIn('en').apology;

type Request = Parameters<llm.LLM['chat']>[0];

/** A brain that apologises for standing in. */
class Standby extends llm.LLM {
  constructor(private readonly brain: llm.LLM) {
    super();
  }

  label(): string {
    return `${this.brain.label()}, standing in`;
  }

  chat(request: Request): llm.LLMStream {
    return new StandbyStream(this, this.brain, request);
  }
}

class StandbyStream extends llm.LLMStream {
  constructor(
    standby: llm.LLM,
    private readonly brain: llm.LLM,
    private readonly request: Request,
  ) {
    const { chatCtx, toolCtx, connOptions = ONCE } = request;
    super(standby, { chatCtx, toolCtx, connOptions });
  }

  protected async run(): Promise<void> {
    const { apology } = wordsIn(this.brain instanceof BuiltInBrain ? this.brain.language : 'en');
    // From what was really said: an answer that was cut off or thrown away is not in the context.
    const apologised = this.request.chatCtx.items.some(
      (item) => item.type === 'message' && item.textContent?.includes(apology),
    );
    if (!apologised) {
      this.queue.put({ id: 'apology', delta: { role: 'assistant', content: `${apology} ` } });
      this.queue.put(FLUSH);
    }
    for await (const chunk of this.brain.chat(this.request)) this.queue.put(chunk);
  }
}

/** A brain on this machine is not asked twice. */
const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 60_000 };

/**
 * The models in their order, with the brain behind them; the brain alone where there are none.
 * @param apologises whether the brain alone stands in too, for a model that is none of these
 */
export function withStandby(
  models: readonly llm.LLM[],
  brain: llm.LLM,
  apologises = false,
): llm.LLM {
  if (models.length === 0) return apologises ? new Standby(brain) : brain;
  return new llm.FallbackAdapter({
    llms: [...models, new Standby(brain)],
    // An answer that broke off is gone on with, by the next.
    retryOnChunkSent: true,
  });
}
