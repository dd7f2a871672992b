// The brain that needs no model and no key: a conversation of pure functions behind LiveKit's LLM
// interface. It speaks sentence by sentence and calls the same function tools as a language model.
import { randomUUID } from 'node:crypto';
import { type APIConnectOptions, DEFAULT_API_CONNECT_OPTIONS, llm } from '@livekit/agents';
import type { Language } from '@/lib/language/language';
import { type Conversation, fold, type Memory, type Step } from './conversation';

/**
 * Ends a segment of speech, so that the sentences before it are spoken while the rest is made: the
 * framework's mark for an LLM node (`FlushSentinel` in its `types.ts`, which it does not export).
 */
export const FLUSH = Symbol.for('lk.FlushSentinel') as unknown as llm.ChatChunk;

/** A {@link Conversation} as an LLM; one for each call. */
export class BuiltInBrain<State> extends llm.LLM {
  readonly #memory: Memory<State> = new Map();

  constructor(
    private readonly conversation: Conversation<State>,
    private readonly now: () => Date,
    /** The language of that conversation. */
    readonly language: Language = 'en',
  ) {
    super();
  }

  label(): string {
    return 'built-in brain';
  }

  override get model(): string {
    return 'built-in';
  }

  override get provider(): string {
    return 'callboard';
  }

  chat(request: {
    chatCtx: llm.ChatContext;
    toolCtx?: llm.ToolContextLike;
    connOptions?: APIConnectOptions;
    toolChoice?: llm.ToolChoice;
  }): llm.LLMStream {
    const { chatCtx, toolCtx, connOptions = DEFAULT_API_CONNECT_OPTIONS } = request;
    const think = () => fold(this.conversation, chatCtx.items, this.#memory, this.now);
    return new BuiltInStream(this, { chatCtx, toolCtx, connOptions }, think);
  }
}

class BuiltInStream<State> extends llm.LLMStream {
  constructor(
    brain: llm.LLM,
    request: {
      chatCtx: llm.ChatContext;
      toolCtx?: llm.ToolContextLike;
      connOptions: APIConnectOptions;
    },
    private readonly think: () => Step<State> | undefined,
  ) {
    super(brain, request);
  }

  #said = false;

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
    const stopped = new Promise<readonly string[]>((resolve) => {
      signal.addEventListener('abort', () => resolve([]), { once: true });
    });
    const more = await Promise.race([step.later(), stopped]);
    if (!signal.aborted) this.#say(id, more);
  }
}
