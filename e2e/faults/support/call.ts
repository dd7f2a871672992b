// A call in a running product, with its caller: what is true of it by LiveKit's own list of who is
// there, and what the product says of it.
import type { ParticipantInfo } from 'livekit-server-sdk';
import { expect } from 'vitest';
import type { TestCaller } from '@/agent/testing/caller';
import { TIMEOUT_MS } from '@/agent/testing/timeout';
import type { CallSummary, Timeline } from '@/lib/calls/call';
import type { EventKind, Happening } from '@/lib/calls/event';
import { fromWire } from '@/lib/core/snake-case';
import { agentsIn } from '@/lib/dispatch/presence';
import { asked } from '@/lib/livekit/clients';
import type { Product } from './product';
import { LOOK_MS, REPLACED_MS, soon, within } from './until';

/** Milliseconds after which a caller who is not answered says it again: an answer takes half of them. */
const AGAIN_MS = 4_000;

/** A call as it is seen from outside. */
export class SeenCall {
  constructor(
    private readonly product: Pick<Product, 'ask' | 'livekit'>,
    readonly id: string,
    readonly room: string,
  ) {}

  /** The agents in the room by LiveKit's own list; none where there is no room. */
  async agents(): Promise<readonly ParticipantInfo[]> {
    const { rooms } = this.product.livekit;
    return agentsIn(await asked(rooms.listParticipants(this.room), []));
  }

  /** Waits until there is one agent; resolves with it. */
  async present(): Promise<ParticipantInfo> {
    await soon(async () => (await this.agents()).length).toBe(1);
    return (await this.agents())[0] as ParticipantInfo;
  }

  /** Waits until there is one agent and it is another one than `lost`; resolves with it. */
  async replaced(lost: ParticipantInfo, ms = REPLACED_MS): Promise<ParticipantInfo> {
    let there: readonly ParticipantInfo[] = [];
    await within(ms, async () => {
      there = await this.agents();
      return there.map(({ identity }) => (identity === lost.identity ? 'the lost one' : 'another'));
    }).toEqual(['another']);
    return there[0] as ParticipantInfo;
  }

  /** What is known of it. */
  async timeline(): Promise<Timeline> {
    return fromWire<Timeline>((await this.product.ask('GET', `/api/calls/${this.id}`)).body);
  }

  /** It in short; undefined until something of it was written down. */
  async summary(): Promise<CallSummary | undefined> {
    return (await this.timeline()).call;
  }

  /** What happened of one kind, in order. */
  async events<K extends EventKind>(kind: K): Promise<Extract<Happening, { kind: K }>[]> {
    const { marks = [] } = await this.timeline();
    return marks.flatMap((mark) =>
      mark.kind === 'event' && mark.what.kind === kind
        ? [mark.what as Extract<Happening, { kind: K }>]
        : [],
    );
  }

  /** Counts the agents all the time; resolves, once told to stop, with the most there were at once. */
  countAgents(): () => Promise<number> {
    let most = 0;
    let on = true;
    const counting = (async () => {
      while (on) {
        // While the server is away there is nobody to be counted.
        const now = await this.agents().catch(() => []);
        most = Math.max(most, now.length);
        await new Promise((tick) => setTimeout(tick, LOOK_MS));
      }
    })();
    return async () => {
      on = false;
      await counting;
      return most;
    };
  }
}

/** A call with its caller, who joined as the page does. */
export class Call extends SeenCall {
  constructor(
    product: Pick<Product, 'ask' | 'livekit'>,
    id: string,
    readonly caller: TestCaller,
  ) {
    super(product, id, caller.room);
  }

  /** Waits until the agent is there and has said something; resolves with it. */
  async answered(): Promise<ParticipantInfo> {
    const agent = await this.present();
    await soon(() => this.caller.said).not.toBe('');
    return agent;
  }

  /** The line check says back what it is told: the agent that is there hears and speaks. */
  async goesOn(words = 'The boat is blue'): Promise<void> {
    await this.caller.type(words);
    await soon(() => this.caller.said).toContain(`I heard: ${words}.`);
  }

  /**
   * The same for a caller who was cut off: it says so again until it is heard, as people do. LiveKit's
   * Node SDK calls itself reconnected up to 3 s before the new server has it, and loses what is sent then.
   */
  async goesOnInTheEnd(words = 'The boat is blue'): Promise<void> {
    const said = async () => {
      await this.caller.type(words);
      return this.caller.said;
    };
    const times = { timeout: TIMEOUT_MS, interval: AGAIN_MS };
    await expect.poll(said, times).toContain(`I heard: ${words}.`);
  }
}
