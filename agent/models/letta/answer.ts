// One message to a Letta agent, and its answer. Letta finishes an answer that nobody reads and then
// overwrites what was said meanwhile (observed with 0.16.8), so an unwanted answer has to be
// cancelled by its run id.
import type { Letta } from '@letta-ai/letta-client';

/** A chunk of an answer. */
export type LettaEvent = Letta.Agents.LettaStreamingResponse;

const runOf = (event: LettaEvent) => ('run_id' in event ? (event.run_id ?? undefined) : undefined);

/** Sends the request immediately. */
export class Answer {
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
