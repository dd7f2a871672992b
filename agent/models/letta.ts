// Letta as a model: an agent that lives on a Letta server and remembers its caller between calls.
// Letta keeps the conversation, so only the caller's last words are sent.
import { type APIConnectOptions, llm } from '@livekit/agents';
import type { Failed } from './failure';
import { CallersAgent, type LettaSettings } from './letta/callers-agent';
import { Heard } from './letta/heard';
import { LettaStream } from './letta/stream';

type Request = Parameters<llm.LLM['chat']>[0];

/** One attempt: the fallback model is the second. */
const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 0 };

class LettaLlm extends llm.LLM {
  readonly #agent: CallersAgent;
  readonly #heard = new Heard();
  #open: llm.LLMStream | undefined;

  constructor(
    private readonly settings: LettaSettings,
    private readonly failed: Failed,
  ) {
    super();
    this.#agent = new CallersAgent(settings);
    // Runs while the greeting is spoken; a failure is reported with the caller's first words.
    this.#agent.ready().catch(() => undefined);
  }

  label(): string {
    return 'Letta';
  }

  override get model(): string {
    return this.settings.agentId;
  }

  override get provider(): string {
    return 'letta';
  }

  /** Cancels the current answer: a Letta agent answers one message at a time. */
  chat({ chatCtx, toolCtx }: Request): llm.LLMStream {
    this.#open?.close();
    this.#open = new LettaStream(
      { model: this, agent: this.#agent, heard: this.#heard, failed: this.failed },
      { chatCtx, toolCtx, connOptions: ONCE },
    );
    return this.#open;
  }
}

/**
 * The model of one call: the agent with this id, as this caller knows it. Failures are the
 * framework's own `APIError`s, so that the fallback takes over.
 * @param failed called with the error when Letta does not answer
 */
export function makeLetta(settings: LettaSettings, failed: Failed): llm.LLM {
  return new LettaLlm(settings, failed);
}
