// A language model with timeouts, for its first token and for each further one, because a caller
// who hears nothing hangs up. Failures get an error message, and the next model takes over.
import {
  APIConnectionError,
  type APIConnectOptions,
  type APIError,
  APIStatusError,
  llm,
} from '@livekit/agents';
import { reasonOf } from '@/agent/core/reason';
import { FLUSH } from '@/agent/framework/flush';
import { onToolChunk } from '@/agent/framework/tool-chunks';
import { recentHistory } from '@/agent/models/recent-history';
import { markUnheard } from '@/agent/models/unheard';
import { englishDuration } from '@/lib/core/figures';
import { redact } from '@/lib/core/redact';

/**
 * Milliseconds for a model's first token. After that a caller thinks the call is dead. The
 * framework's own 5 s apply to each attempt, of which there is one.
 */
export const ANSWER_TIMEOUT_MS = 4_000;
/**
 * Milliseconds for the next token of an answer that has begun. Our own choice: models write several
 * words a second, and a sentence that stops halfway sounds broken sooner than one that starts late.
 */
const STALL_TIMEOUT_MS = 2_500;

type Request = Parameters<llm.LLM['chat']>[0];

/** One attempt: the next model is the second. */
const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: ANSWER_TIMEOUT_MS };

/** Between the words of a model that broke off and those of the next. */
export const BROKEN_OFF = '… ';

interface Model {
  /** Display name: "gpt-4.1-mini (OpenAI)". */
  readonly name: string;
  readonly model: string;
  readonly provider: string;
  /** The client; loading starts immediately so that no answer waits for it. */
  readonly made: Promise<llm.LLM>;
  readonly failed: Failed;
}

export class TimeoutLlm extends llm.LLM {
  constructor(readonly parts: Model) {
    super();
    // Reported with the first request.
    parts.made.catch(() => undefined);
  }

  label(): string {
    return this.parts.name;
  }

  override get model(): string {
    return this.parts.model;
  }

  override get provider(): string {
    return this.parts.provider;
  }

  chat(request: Request): llm.LLMStream {
    return new TimeoutStream(this, request);
  }
}

class TimeoutStream extends llm.LLMStream {
  #begun = false;
  #called = false;

  constructor(
    private readonly patient: TimeoutLlm,
    private readonly request: Request,
  ) {
    const { chatCtx, toolCtx } = request;
    super(patient, { chatCtx, ...(toolCtx && { toolCtx }), connOptions: ONCE });
  }

  protected async run(): Promise<void> {
    const { name, made, failed } = this.patient.parts;
    try {
      const model = await made;
      if (this.abortController.signal.aborted) return;
      const chatCtx = markUnheard(recentHistory(this.request.chatCtx));
      await this.#pass(model, model.chat({ ...this.request, chatCtx, connOptions: ONCE }));
      if (!this.#begun) throw new Error('it answered with nothing');
    } catch (error) {
      if (this.abortController.signal.aborted) return;
      const failure = failureOf(name, error);
      failed(failure);
      // The requested tool runs; asking another model could run it twice.
      if (this.#called) return;
      if (this.#begun) {
        // Flushes the partial answer to TTS now, because the next model may take a while.
        this.queue.put({ id: 'broken-off', delta: { role: 'assistant', content: BROKEN_OFF } });
        this.queue.put(FLUSH);
      }
      throw failure;
    }
  }

  /** Passes the model's chunks on as long as they arrive in time. */
  async #pass(model: llm.LLM, stream: llm.LLMStream): Promise<void> {
    // A failing stream just ends; the model emits the reason.
    let failure: Error | undefined;
    const onError = ({ error }: { error: Error }) => {
      failure = error;
    };
    const { signal } = this.abortController;
    const close = () => stream.close();
    model.on('error', onError);
    signal.addEventListener('abort', close, { once: true });
    let timer: NodeJS.Timeout | undefined;
    // Data arrived, but not a complete chunk.
    onToolChunk(stream, () => timer?.refresh());
    const nextWithin = (ms: number) => {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`it said nothing for ${englishDuration(ms)}`)),
          ms,
        );
      });
      return Promise.race([stream.next(), late]).finally(() => clearTimeout(timer));
    };
    try {
      for (;;) {
        const ms = this.#begun ? STALL_TIMEOUT_MS : ANSWER_TIMEOUT_MS;
        const { value, done } = await nextWithin(ms);
        if (done || signal.aborted) break;
        this.#begun ||= llm.hasResponse(value);
        this.#called ||= (value.delta?.toolCalls?.length ?? 0) > 0;
        this.queue.put(value);
      }
      if (failure) throw failure;
    } finally {
      model.off('error', onError);
      signal.removeEventListener('abort', close);
      stream.close();
    }
  }
}

/** Characters of a provider's message to keep: some send whole pages. */
const MESSAGE_MAX = 500;

/** Receives a provider's failure; the error's message is for developers. */
export type Failed = (error: Error) => void;

/**
 * The failure of the provider called `name` ("gpt-4.1-mini (OpenAI)") as it appears on the timeline: with the provider's
 * message, but never a key. It is not retried: the next model is asked instead.
 */
export function failureOf(name: string, error: unknown): APIError {
  const statusCode = error instanceof APIStatusError ? error.statusCode : undefined;
  const status = statusCode !== undefined && statusCode > 0 ? statusCode : '';
  const text = reasonOf(error);
  // OpenAI begins its messages with the status itself.
  const words = text.startsWith(`${status}`) ? text : `${status} ${text}`;
  const message = redact(`${name} failed: ${words}`).slice(0, MESSAGE_MAX);
  return statusCode === undefined
    ? new APIConnectionError({ message, options: { retryable: false } })
    : new APIStatusError({ message, options: { statusCode, retryable: false } });
}
