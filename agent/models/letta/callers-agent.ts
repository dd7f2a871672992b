// The agent of Letta that a call is with: the caller's own, made from the one they chose. It is asked one
// thing after the other.
import type { Letta } from '@letta-ai/letta-client';
import { type LettaServer, lettaClient } from '../../../lib/letta/client';
import { callersCopy } from '../../../lib/letta/copies';
import { Answer } from './answer';

/** Milliseconds for each of Letta's answers to begin. Measured: 40 to find an agent, 500 to make one. */
const ANSWER_MS = 8_000;
/** Milliseconds that the next question waits until the answer before it is cancelled. Measured: 100. */
const CANCEL_MS = 2_000;

/** Whose agent it is, and where. */
export interface LettaSettings extends LettaServer {
  /** Letta's id of the agent that was chosen. */
  readonly agentId: string;
  /** Resolves with what tells this caller from all others, once a caller is there. */
  caller(): Promise<string>;
  /** By what the web process knows this call, once a caller is there. */
  calledIn?(): string | undefined;
}

interface Ready {
  readonly client: Letta;
  readonly id: string;
}

/** See the head of this file. One for each call. */
export class CallersAgent {
  #ready: Promise<Ready> | undefined;
  /** Resolves when the answer that was cut off last is. */
  #cut: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: LettaSettings) {}

  /** Finds or makes the agent, once. @throws the client's own errors; asked again, it tries again. */
  ready(): Promise<Ready> {
    this.#ready ??= this.#prepare().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /** Whether Letta and this agent can be asked again. @throws the client's own errors */
  async check(): Promise<void> {
    const { client, id } = await this.ready();
    await client.agents.retrieve(id);
  }

  /** Says something. @throws the client's own errors */
  async ask(said: readonly string[]): Promise<Answer> {
    const { client, id } = await this.ready();
    await this.#cut;
    return new Answer(client, id, said);
  }

  /** Cuts an answer off, also one that is still to come: neither it nor its question is remembered. */
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
