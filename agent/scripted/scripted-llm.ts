// A scripted conversation behind LiveKit's LLM interface: it needs no model and no key, speaks
// sentence by sentence, and calls the same function tools as a language model.
import { randomUUID } from 'node:crypto';
import { DEFAULT_API_CONNECT_OPTIONS, llm, waitForAbort } from '@livekit/agents';
import { FLUSH } from '@/agent/framework/flush';
import { type Conversation, fold, type Memory, type Step } from '@/agent/scripted/conversation';

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
    return new ScriptedStream(this, { chatCtx, ...(toolCtx && { toolCtx }), connOptions }, think);
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
