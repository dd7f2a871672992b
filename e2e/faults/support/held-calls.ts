// Calls that continue while parts of the product are killed and restarted. After each fault, every caller says
// something new until the agent repeats it. At the end, no repeated sentence may be missing in the transcript.
import { expect, vi } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import { Call } from '@/e2e/faults/support/call';
import { POLL_MS, soon, within } from '@/e2e/faults/support/poll';
import { claimsOf, type Product } from '@/e2e/faults/support/product';

/**
 * Upper bound in milliseconds until every caller is answered: LiveKit considers a node dead after 5 s, and its clients
 * retry every 5 s.
 */
const GOES_ON_MS = 120_000;
/**
 * Milliseconds until a caller without an answer repeats the sentence. An answer takes three seconds, longer for ten at
 * once on a busy machine, and repeating too early would interrupt it.
 */
const AGAIN_MS = 15_000;
/** Milliseconds until a call starts just after a node died: its rooms move to another node after 5 s. */
const BEGINS_MS = 60_000;
/** Timeline marks to show for a call that does not continue. */
const LAST = 40;
/** Milliseconds until events are stored. */
const WRITTEN_MS = 60_000;

/** Sentences of the callers, one after each fault. */
const SAYINGS = ['red', 'green', 'blue', 'white', 'black', 'brown', 'grey', 'pink', 'gold'].map(
  (color) => `The boat is ${color}`,
);

/** Starts a call as the page does, and retries if that fails. */
async function begin(product: Product): Promise<Call> {
  return vi.waitFor(
    async () => {
      const { call, ...joining } = claimsOf(await product.token());
      const caller = await TestCaller.call(product.env, 'line-check', joining);
      return new Call(product, call, caller);
    },
    { timeout: BEGINS_MS, interval: POLL_MS },
  );
}

/** Starts a call, waits until the agent speaks, and hangs up. */
export async function shortCall(product: Product): Promise<Call> {
  const call = await begin(product);
  try {
    await within(BEGINS_MS, () => call.caller.said).not.toBe('');
  } finally {
    await call.caller.hangUp();
  }
  return call;
}

/** Describes the agents that a caller sees. */
function agentsOf({ caller }: Call): string {
  const words = caller
    .agents()
    .map(({ identity, attributes }) => `${identity} ${JSON.stringify(attributes)}`);
  return `${caller.room}: ${words.join(' and ') || 'nobody'}`;
}

/** Calls that continue through all faults. */
export class HeldCalls {
  readonly calls: Call[] = [];
  /** Each poll at which a caller saw two agents in the room at once. */
  readonly twice: string[] = [];
  readonly #said: string[] = [];
  readonly #watching: NodeJS.Timeout;

  constructor(private readonly product: Product) {
    this.#watching = setInterval(() => {
      const now = this.calls.filter(({ caller }) => caller.agents().length > 1).map(agentsOf);
      this.twice.push(...now.map((words) => `${new Date().toISOString()} ${words}`));
    }, POLL_MS);
  }

  /** Starts one more call, and waits until its agent has spoken. */
  async begin(): Promise<Call> {
    const call = await begin(this.product);
    this.calls.push(call);
    await within(BEGINS_MS, () => call.caller.said).not.toBe('');
    return call;
  }

  /** Every caller says something new until the agent repeats it, and then has one agent. */
  async goOn(): Promise<void> {
    const words = SAYINGS[this.#said.length];
    if (!words) throw new Error('no sentences are left');
    await Promise.all(this.calls.map((call) => isAnswered(call, words)));
    this.#said.push(words);
    await soon(() =>
      this.calls.filter(({ caller }) => caller.agents().length !== 1).map(agentsOf),
    ).toEqual([]);
  }

  /** All callers hang up. */
  async end(): Promise<void> {
    clearInterval(this.#watching);
    await Promise.all(this.calls.map(({ caller }) => caller.hangUp()));
  }

  /** All callers hang up; resolves when each call is stored with everything the agents repeated. */
  async hangUp(): Promise<void> {
    await this.end();
    for (const call of this.calls) {
      try {
        await within(WRITTEN_MS, async () => (await call.summary())?.endedBy).toBe('caller');
        await within(WRITTEN_MS, () => missing(call, this.#said)).toEqual([]);
      } catch (error) {
        throw new Error(await stateOf(call), { cause: error });
      }
    }
  }
}

async function isAnswered(call: Call, words: string): Promise<void> {
  const { caller } = call;
  const answer = () => expect(caller.said).toContain(`I heard: ${words}.`);
  const deadline = performance.now() + GOES_ON_MS;
  for (;;) {
    // Messages sent while disconnected are lost.
    void caller.type(words).catch(() => undefined);
    try {
      return await vi.waitFor(answer, { timeout: AGAIN_MS, interval: POLL_MS });
    } catch (error) {
      if (performance.now() > deadline) throw new Error(await stateOf(call), { cause: error });
    }
  }
}

/** Describes a call that does not continue. */
async function stateOf(call: Call): Promise<string> {
  const { id, room, caller } = call;
  const seen = caller.agents().map(({ identity, attributes }) => [identity, attributes]);
  const listed = (await call.agents()).map(({ identity }) => identity);
  const { marks = [] } = await call.timeline();
  const latest = marks.slice(-LAST).map((mark) => JSON.stringify(mark));
  return [
    `${id} in ${room} is not as it should be. The caller sees ${JSON.stringify(seen)}`,
    `LiveKit lists ${JSON.stringify(listed)}. The caller heard: ${caller.said}`,
    ...latest,
  ].join('\n');
}

/** The sentences that are missing in the stored call. */
async function missing(call: Call, said: readonly string[]): Promise<string[]> {
  const { marks } = await call.timeline();
  const turns = marks.flatMap((mark) => (mark.kind === 'turn' ? [mark] : []));
  const has = (speaker: string, text: string) =>
    turns.some((turn) => turn.speaker === speaker && turn.text.includes(text));
  return said.filter((words) => !has('caller', words) || !has('agent', `I heard: ${words}.`));
}
