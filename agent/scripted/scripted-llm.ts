// A scripted conversation behind LiveKit's LLM interface: it needs no model and no key, speaks
// sentence by sentence, calls the same function tools as a language model, and is the fallback of
// one that fails.
import { randomUUID } from 'node:crypto';
import {
  type APIConnectOptions,
  DEFAULT_API_CONNECT_OPTIONS,
  FlushSentinel,
  llm,
  waitForAbort,
} from '@livekit/agents';
import { notices } from '../call/notices';
import { type Conversation, fold, type Memory, type Step } from './conversation';

/**
 * Ends a segment of speech, so that the sentences before it are spoken while the rest is generated. The framework
 * accepts it from a model's stream, but its type allows it for an agent's LLM node only.
 */
export const FLUSH = FlushSentinel as unknown as llm.ChatChunk;

type Request = Parameters<llm.LLM['chat']>[0];

/** A {@link Conversation} as an LLM; one per call. */
export class ScriptedLLM<State> extends llm.LLM {
  readonly #memory: Memory<State> = new Map();

  constructor(
    private readonly conversation: Conversation<State>,
    private readonly now: () => Date,
  ) {
    super();
  }

  label(): string {
    return 'scripted agent';
  }

  override get model(): string {
    return 'built-in';
  }

  override get provider(): string {
    return 'callboard';
  }

  chat({ chatCtx, toolCtx, connOptions = DEFAULT_API_CONNECT_OPTIONS }: Request): llm.LLMStream {
    const think = () => fold(this.conversation, chatCtx.items, this.#memory, this.now);
    return new ScriptedStream(this, { chatCtx, toolCtx, connOptions }, think);
  }
}

class ScriptedStream<State> extends llm.LLMStream {
  #said = false;

  constructor(
    owner: llm.LLM,
    request: ConstructorParameters<typeof llm.LLMStream>[1],
    private readonly think: () => Step<State> | undefined,
  ) {
    super(owner, request);
  }

  #say(id: string, sentences: readonly string[]): void {
    for (const sentence of sentences) {
      const content = this.#said ? ` ${sentence}` : sentence;
      this.#said = true;
      this.queue.put({ id, delta: { role: 'assistant', content } });
    }
  }

  protected async run(): Promise<void> {
    const step = this.think();
    if (!step) return;
    const id = randomUUID();
    this.#say(id, step.say);
    if (step.use) {
      const call = llm.FunctionCall.create({
        callId: `call_${randomUUID()}`,
        name: step.use.name,
        args: JSON.stringify(step.use.args),
      });
      this.queue.put({ id, delta: { role: 'assistant', toolCalls: [call] } });
    }
    if (!step.later) return;
    this.queue.put(FLUSH);
    const { signal } = this.abortController;
    const more = await Promise.race([step.later(), waitForAbort(signal)]);
    if (more && !signal.aborted) this.#say(id, more);
  }
}

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
  return new llm.FallbackAdapter({
    llms: [...models, new ScriptedFallback(scripted)],
    // The next model continues an answer that broke off.
    retryOnChunkSent: true,
  });
}
