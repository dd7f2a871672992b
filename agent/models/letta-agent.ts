// The Letta agent of a call: the caller's own copy of the one they chose. Requests are sent one at
// a time.
import type { Letta } from '@letta-ai/letta-client';
import { type LettaServer, lettaClient } from '../../lib/letta/client';
import { callersCopy } from '../../lib/letta/copies';

/**
 * Milliseconds for each of Letta's responses to begin. Measured: 40 to find an agent, 500 to create
 * one.
 */
const ANSWER_MS = 8_000;
/**
 * Milliseconds that the next question waits for the previous answer to be cancelled. Measured: 100.
 */
const CANCEL_MS = 2_000;

/** Identifies the agent and its server. */
export interface LettaSettings extends LettaServer {
  /** Letta's id of the chosen agent. */
  readonly agentId: string;
  /** Resolves with the caller's unique id once a caller is present. */
  caller(): Promise<string>;
  /** The web process's id of this call once a caller is present. */
  calledIn?(): string | undefined;
}

interface Ready {
  readonly client: Letta;
  readonly id: string;
}

/** One instance per call. */
export class CallersAgent {
  #ready: Promise<Ready> | undefined;
  /** Resolves when the last cancellation is done. */
  #cut: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: LettaSettings) {}

  /**
   * Finds or creates the agent, once; a later call retries after a failure.
   * @throws the client's own errors
   */
  ready(): Promise<Ready> {
    this.#ready ??= this.#prepare().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /**
   * Checks that Letta and this agent respond.
   * @throws the client's own errors
   */
  async check(): Promise<void> {
    const { client, id } = await this.ready();
    await client.agents.retrieve(id);
  }

  /**
   * Sends a message.
   * @throws the client's own errors
   */
  async ask(said: readonly string[]): Promise<Answer> {
    const { client, id } = await this.ready();
    await this.#cut;
    return new Answer(client, id, said);
  }

  /**
   * Cancels an answer, even one that has not started: Letta remembers neither it nor its question.
   */
  cut(answer: Promise<Answer>): void {
    const cancelled = answer.then((one) => one.cancel()).catch(() => undefined);
    const late = new Promise((resolve) => setTimeout(resolve, CANCEL_MS).unref());
    this.#cut = Promise.race([cancelled, late]);
  }

  async #prepare(): Promise<Ready> {
    const { agentId, caller } = this.settings;
    const [client, who] = await Promise.all([lettaClient(this.settings, ANSWER_MS), caller()]);
    const id = await callersCopy(client, agentId, who, this.settings.calledIn?.());
    return { client, id };
  }
}

/** A chunk of an answer. */
export type LettaEvent = Letta.Agents.LettaStreamingResponse;

const runOf = (event: LettaEvent) => ('run_id' in event ? (event.run_id ?? undefined) : undefined);

/** Sends the request immediately. */
class Answer {
  readonly #events: AsyncGenerator<LettaEvent, void>;
  #told: (run: string | undefined) => void = () => undefined;
  /**
   * Resolves with the id of the run, which the first event carries, or with undefined at the end.
   */
  readonly #run = new Promise<string | undefined>((resolve) => {
    this.#told = resolve;
  });

  constructor(
    private readonly client: Letta,
    private readonly agent: string,
    said: readonly string[],
  ) {
    this.#events = this.#read(said);
  }

  /**
   * The next chunk.
   * @throws the client's own errors
   */
  next(): Promise<IteratorResult<LettaEvent, void>> {
    return this.#events.next();
  }

  /**
   * Cancels the answer; resolves once Letta will not remember it.
   * @throws the client's own errors
   */
  async cancel(): Promise<void> {
    // Reads to the end, which comes soon: closing the connection would leave the run active.
    void this.#drain();
    const run = await this.#run;
    if (run) await this.client.agents.messages.cancel(this.agent, { run_ids: [run] });
  }

  async *#read(said: readonly string[]): AsyncGenerator<LettaEvent, void> {
    try {
      const messages = said.map((content) => ({ role: 'user' as const, content }));
      const body = { messages, streaming: true, stream_tokens: true, include_pings: true } as const;
      for await (const event of await this.client.agents.messages.create(this.agent, body)) {
        const run = runOf(event);
        if (run) this.#told(run);
        yield event;
      }
    } finally {
      this.#told(undefined);
    }
  }

  async #drain(): Promise<void> {
    try {
      for (;;) if ((await this.next()).done) return;
    } catch {
      // Nobody waits for it any more.
    }
  }
}
