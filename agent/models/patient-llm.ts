// A language model that is given a limited time: for its first words, and for the next ones, since a
// caller who hears nothing hangs up. What it fails at gets words; what stands behind it takes over.
import { type APIConnectOptions, inference, llm } from '@livekit/agents';
import { FLUSH } from '../scripted/scripted-llm';
import { type Failed, failureOf } from './failure';

/**
 * Milliseconds for a model's first words. Longer, a caller thinks the line is dead; the framework's own
 * 5 s are for each attempt, of which there is one.
 */
export const PATIENCE_MS = 4_000;
/**
 * Milliseconds for the next words of an answer that has begun. Our own choice: models write several words
 * a second, and a sentence that stops in its middle is heard as a broken line sooner than a late one.
 */
const PAUSE_MS = 2_500;

type Request = Parameters<llm.LLM['chat']>[0];

/** The framework asks once: another try is the next model's. */
const ONCE: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: PATIENCE_MS };

/** Between what a model had said when it broke off, and what is said by the next. */
export const BROKEN_OFF = '… ';

/** What a patient model is made of. */
interface Model {
  /** As shown: "gpt-4.1-mini (OpenAI)". */
  readonly name: string;
  readonly model: string;
  readonly provider: string;
  /** Loads its client, begun at once so that no answer waits for it. */
  readonly made: Promise<llm.LLM>;
  readonly failed: Failed;
}

/** See the head of this file. */
export class PatientLlm extends llm.LLM {
  constructor(readonly parts: Model) {
    super();
    // Told when it is asked.
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
    return new PatientStream(this, request);
  }
}

class PatientStream extends llm.LLMStream {
  #begun = false;
  #called = false;

  constructor(
    private readonly patient: PatientLlm,
    private readonly request: Request,
  ) {
    const { chatCtx, toolCtx } = request;
    super(patient, { chatCtx, toolCtx, connOptions: ONCE });
  }

  protected async run(): Promise<void> {
    const { name, made, failed } = this.patient.parts;
    try {
      const model = await made;
      if (this.abortController.signal.aborted) return;
      await this.#pass(model, model.chat({ ...this.request, connOptions: ONCE }));
      if (!this.#begun) throw new Error('it answered with nothing');
    } catch (error) {
      if (this.abortController.signal.aborted) return;
      const failure = failureOf(name, error);
      failed(failure);
      // A tool that was asked for runs: asked again, what it does could be done twice.
      if (this.#called) return;
      if (this.#begun) this.#breakOff();
      throw failure;
    }
  }

  /** What came is spoken now, not with what the next one says: that may take its time. */
  #breakOff(): void {
    this.queue.put({ id: 'broken-off', delta: { role: 'assistant', content: BROKEN_OFF } });
    this.queue.put(FLUSH);
  }

  /** Hands on what the model says as long as it says it in time. */
  async #pass(model: llm.LLM, stream: llm.LLMStream): Promise<void> {
    // A stream that fails only ends: why is told by its model.
    let failure: Error | undefined;
    const onError = ({ error }: { error: Error }) => {
      failure = error;
    };
    const { signal } = this.abortController;
    const close = () => stream.close();
    model.on('error', onError);
    signal.addEventListener('abort', close, { once: true });
    const patience = new Patience();
    onToolPiece(stream, () => patience.renew());
    try {
      for (;;) {
        const ms = this.#begun ? PAUSE_MS : PATIENCE_MS;
        const { value, done } = await patience.wait(stream.next(), ms);
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

/** Waits a limited time for each piece of an answer. */
class Patience {
  #timer: NodeJS.Timeout | undefined;

  /** The next piece, @throws where it does not come in `ms` milliseconds. */
  async wait<T>(next: Promise<T>, ms: number): Promise<T> {
    const late = new Promise<never>((_, reject) => {
      this.#timer = setTimeout(() => reject(new Error(`it said nothing for ${ms / 1_000} s`)), ms);
    });
    try {
      return await Promise.race([next, late]);
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** The wait begins anew: something came, though not a piece. */
  renew(): void {
    this.#timer?.refresh();
  }
}

/**
 * Tells of each piece of a tool's call: the framework's client (agents 1.9.0) keeps them to itself until
 * the call is whole, and a message to be taken down is longer to write than a silence may be.
 */
function onToolPiece(stream: llm.LLMStream, told: () => void): void {
  if (!(stream instanceof inference.LLMStream)) return;
  type Parse = (...piece: [string, { delta?: { tool_calls?: unknown } }, unknown]) => unknown;
  const client = stream as unknown as { parseChoice: Parse };
  const parse = client.parseChoice.bind(client);
  client.parseChoice = (...piece) => {
    if (piece[1].delta?.tool_calls) told();
    return parse(...piece);
  };
}
