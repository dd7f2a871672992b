// Calls that are held while parts of the product are killed and started again: each caller says something
// new after each fault, until it is said back, and nothing of what was said back may be missing in the end.
import { expect, vi } from 'vitest';
import { TestCaller } from '@/agent/testing/caller';
import { Call } from './call';
import { claimsOf, type Product } from './product';
import { LOOK_MS, soon, within } from './until';

/**
 * Milliseconds for every caller to be answered: LiveKit takes a node for dead after 5 s, and its clients
 * try again every 5 s. A limit, not a goal.
 */
const GOES_ON_MS = 120_000;
/**
 * Milliseconds until a caller who is not answered says it again: an answer takes three seconds, ten at once on
 * a busy machine longer, and what is said meanwhile interrupts it.
 */
const AGAIN_MS = 15_000;
/** Milliseconds for a call to begin while a node has just died: its rooms are given away after 5 s. */
const BEGINS_MS = 60_000;
/** Marks that are shown of a call that does not go on. */
const LAST = 40;
/** Milliseconds for what was told to have been written down. */
const WRITTEN_MS = 60_000;

/** What callers say, one after each fault. */
const SAYINGS = ['red', 'green', 'blue', 'white', 'black', 'brown', 'grey', 'pink', 'gold'].map(
  (colour) => `The boat is ${colour}`,
);

/** Begins a call as the page does, and again where it cannot be begun just now. */
async function begin(product: Product): Promise<Call> {
  return vi.waitFor(
    async () => {
      const { call, ...joining } = claimsOf(await product.token());
      const caller = await TestCaller.call(product.env, 'line-check', joining);
      return new Call(product, call, caller);
    },
    { timeout: BEGINS_MS, interval: LOOK_MS },
  );
}

/** A call that begins and ends now: its agent comes, and is heard. */
export async function shortCall(product: Product): Promise<Call> {
  const call = await begin(product);
  try {
    await within(BEGINS_MS, () => call.caller.said).not.toBe('');
  } finally {
    await call.caller.hangUp();
  }
  return call;
}

/** The agents of a call as its caller sees them, in words. */
function agentsOf({ caller }: Call): string {
  const words = caller
    .agents()
    .map(({ identity, attributes }) => `${identity} ${JSON.stringify(attributes)}`);
  return `${caller.room}: ${words.join(' and ') || 'nobody'}`;
}

/** Calls that are held. */
export class HeldCalls {
  readonly calls: Call[] = [];
  /** Each look at which a caller saw two agents at once, by the room's own word. */
  readonly twice: string[] = [];
  readonly #said: string[] = [];
  readonly #watching: NodeJS.Timeout;

  constructor(private readonly product: Product) {
    this.#watching = setInterval(() => {
      const now = this.calls.filter(({ caller }) => caller.agents().length > 1).map(agentsOf);
      this.twice.push(...now.map((words) => `${new Date().toISOString()} ${words}`));
    }, LOOK_MS);
  }

  /** Begins one more, and waits until its agent has spoken. */
  async begin(): Promise<Call> {
    const call = await begin(this.product);
    this.calls.push(call);
    await within(BEGINS_MS, () => call.caller.said).not.toBe('');
    return call;
  }

  /** Every caller says something new until it is said back, and has one agent then. */
  async goOn(): Promise<void> {
    const words = SAYINGS[this.#said.length];
    if (!words) throw new Error('nothing is left to say');
    await Promise.all(this.calls.map((call) => isAnswered(call, words)));
    this.#said.push(words);
    await soon(() =>
      this.calls.filter(({ caller }) => caller.agents().length !== 1).map(agentsOf),
    ).toEqual([]);
  }

  /** All hang up, as they are. */
  async end(): Promise<void> {
    clearInterval(this.#watching);
    await Promise.all(this.calls.map(({ caller }) => caller.hangUp()));
  }

  /** All hang up; resolves when each call is kept, with all that was said back in it. */
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
    // Of what is said while the line is cut, nobody hears.
    void caller.type(words).catch(() => undefined);
    try {
      return await vi.waitFor(answer, { timeout: AGAIN_MS, interval: LOOK_MS });
    } catch (error) {
      if (performance.now() > deadline) throw new Error(await stateOf(call), { cause: error });
    }
  }
}

/** What is to be known of a call that does not go on. */
async function stateOf(call: Call): Promise<string> {
  const { id, room, caller } = call;
  const seen = caller.agents().map(({ identity, attributes }) => [identity, attributes]);
  const listed = (await call.agents()).map(({ identity }) => identity);
  const { marks = [] } = await call.timeline();
  const told = marks.slice(-LAST).map((mark) => JSON.stringify(mark));
  return [
    `${id} in ${room} is not as it should be. The caller sees ${JSON.stringify(seen)}`,
    `LiveKit lists ${JSON.stringify(listed)}. The caller heard: ${caller.said}`,
    ...told,
  ].join('\n');
}

/** What of it is not in the call as it is kept. */
async function missing(call: Call, said: readonly string[]): Promise<string[]> {
  const { marks } = await call.timeline();
  const turns = marks.flatMap((mark) => (mark.kind === 'turn' ? [mark] : []));
  const has = (speaker: string, text: string) =>
    turns.some((turn) => turn.speaker === speaker && turn.text.includes(text));
  return said.filter((words) => !has('caller', words) || !has('agent', `I heard: ${words}.`));
}
