// The Letta agent of a call: the caller's own copy of the one they chose. Requests are sent one at a time.
import type { Letta } from '@letta-ai/letta-client';
import { Future } from '@livekit/agents';
import { withTimeout } from '@/lib/core/wait';
import { type LettaConnection, lettaClient } from '@/lib/letta/client';
import { callersCopy } from '@/lib/letta/copies';

/** Milliseconds for each of Letta's responses to begin. Measured: 40 to find an agent, 500 to create one. */
const ANSWER_MS = 8_000;
/** Milliseconds that the next question waits for the previous answer to be cancelled. Measured: 100. */
const CANCEL_MS = 2_000;

/** Identifies the agent and its server. */
export interface LettaSettings extends LettaConnection {
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
  #cut: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: LettaSettings) {}

  /** Finds or creates the agent, once; a later call retries after a failure. @throws the client's own errors */
  ready(): Promise<Ready> {
    this.#ready ??= this.#prepare().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /** Checks that Letta and this agent respond. @throws the client's own errors */
  async check(): Promise<void> {
    const { client, id } = await this.ready();
    await client.agents.retrieve(id).catch(this.#forget);
  }

  async ask(said: readonly string[]): Promise<Answer> {
    return sendMessage(await this.ready(), said, this.#forget);
  }

  /** A copy that was deleted at Letta during the call has a successor from the next question on. */
  readonly #forget = (error: unknown): never => {
    if ((error as { readonly status?: unknown }).status === 404) this.#ready = undefined;
    throw error;
  };

  settled(): Promise<unknown> {
    return this.#cut;
  }

  /**
   * Cancels an answer, even one that has not started: Letta remembers neither it nor its question.
   * @param remembered called before {@link settled} if it does: the answer was complete, or a tool had run
   */
  cut(answer: Promise<Answer>, remembered: () => void): void {
    const cancelled = answer.then((one) => one.cancel());
    this.#cut = withTimeout(CANCEL_MS, cancelled).then(
      (isRemembered) => isRemembered && remembered(),
      () => undefined,
    );
  }

  async #prepare(): Promise<Ready> {
    const { agentId, caller } = this.settings;
    const [client, who] = await Promise.all([lettaClient(this.settings, ANSWER_MS), caller()]);
    const id = await callersCopy(client, agentId, who, this.settings.calledIn?.());
    return { client, id };
  }
}

/** How answers end that Letta remembers (observed with 0.16.8). */
const COMPLETE: ReadonlySet<string> = new Set(['end_turn', 'tool_rule', 'requires_approval']);

/**
 * Whether Letta remembers the question from this event of its answer on. The response to a cancellation does not tell:
 * it is the same for an answer that is already complete.
 */
const isRemembered = (event: LettaEvent) =>
  event.message_type === 'tool_return_message' ||
  (event.message_type === 'stop_reason' && COMPLETE.has(event.stop_reason));

/** A chunk of an answer. */
export type LettaEvent = Letta.Agents.LettaStreamingResponse;

type Answer = ReturnType<typeof sendMessage>;

/**
 * Sends a message immediately. Letta finishes an answer that nobody reads and then overwrites what was said meanwhile
 * (observed with 0.16.8), so an unwanted answer is cancelled by its run id. Both functions throw the client's own errors.
 */
function sendMessage(
  { client, id: agent }: Ready,
  said: readonly string[],
  refused: (error: unknown) => never,
) {
  const { messages } = client.agents;
  /** Resolves with the id of the run, which the first event carries, or with undefined at the end. */
  const run = new Future<string | undefined>();
  let remembered = false;
  async function* read(): AsyncGenerator<LettaEvent, void> {
    const input = said.map((content) => ({ role: 'user' as const, content }));
    const options = { streaming: true, stream_tokens: true, include_pings: true } as const;
    try {
      const answer = await messages.create(agent, { messages: input, ...options }).catch(refused);
      for await (const event of answer) {
        if ('run_id' in event && event.run_id && !run.done) run.resolve(event.run_id);
        remembered ||= isRemembered(event);
        yield event;
      }
    } finally {
      if (!run.done) run.resolve(undefined);
    }
  }
  const events = read();
  async function drain(): Promise<void> {
    for await (const _ of events);
  }
  return {
    next: () => events.next(),
    /** Cancels the answer; resolves once it has ended, with whether Letta remembers its question. */
    async cancel(): Promise<boolean> {
      // Reads to the end, which comes soon: closing the connection would leave the run active.
      const ended = drain().catch(() => undefined);
      const id = await run.await;
      if (id) await messages.cancel(agent, { run_ids: [id] });
      await ended;
      return remembered;
    },
  };
}
