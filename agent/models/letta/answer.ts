// One message to an agent of Letta, and the answer to it. Letta goes on with an answer that nobody reads,
// and at its end writes it over what was said meanwhile (seen with 0.16.8): one that is not wanted any
// more has to be cancelled by its run.
import type { Letta } from '@letta-ai/letta-client';

/** What comes of an answer, piece by piece. */
export type LettaEvent = Letta.Agents.LettaStreamingResponse;

const runOf = (event: LettaEvent) => ('run_id' in event ? (event.run_id ?? undefined) : undefined);

/** See the head of this file. Asks at once. */
export class Answer {
  readonly #events: AsyncGenerator<LettaEvent, void>;
  #told: (run: string | undefined) => void = () => undefined;
  /** Resolves with the id of its run, which the first event has; or with nothing at its end. */
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

  /** The next piece. @throws the client's own errors */
  next(): Promise<IteratorResult<LettaEvent, void>> {
    return this.#events.next();
  }

  /** Ends it: resolves once Letta will not remember anything of it. @throws the client's own errors */
  async cancel(): Promise<void> {
    // To its end, which comes soon: a broken connection would leave it running.
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
