// Letta as a mind: an agent that lives on a Letta server and remembers its caller from one call to the
// next. Letta keeps the talk, so only what the caller said last is sent.
import { type APIConnectOptions, llm } from '@livekit/agents';
import type { Failed } from './failure';
import { CallersAgent, type LettaSettings } from './letta/callers-agent';
import { Heard } from './letta/heard';
import { LettaStream } from './letta/stream';

type Request = Parameters<llm.LLM['chat']>[0];

/** Asked once: another try is that of the mind behind this one. */
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
    // While the greeting is said; a failure is told once the caller has said something.
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

  /** Cuts off what is still being answered: an agent of Letta answers one message after the other. */
  chat({ chatCtx, toolCtx }: Request): llm.LLMStream {
    this.#open?.close();
    this.#open = new LettaStream(
      { mind: this, agent: this.#agent, heard: this.#heard, failed: this.failed },
      { chatCtx, toolCtx, connOptions: ONCE },
    );
    return this.#open;
  }
}

/**
 * The mind of one call: the agent of this id, as this caller knows it.
 * Failures are the framework's own `APIError`s, so that what stands behind it takes over.
 * @param failed told why Letta did not answer
 */
export function makeLetta(settings: LettaSettings, failed: Failed): llm.LLM {
  return new LettaLlm(settings, failed);
}
