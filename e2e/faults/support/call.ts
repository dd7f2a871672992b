// A call in a running product, with its caller: its participants according to LiveKit, and its timeline according to
// the product.
import type { ParticipantInfo } from 'livekit-server-sdk';
import { expect } from 'vitest';
import type { TestCaller } from '@/agent/testing/caller';
import { POLL_MS, SOON_MS, soon, within } from '@/e2e/faults/support/poll';
import type { CallSummary, Timeline } from '@/lib/calls/call';
import type { EventKind, EventOf } from '@/lib/calls/event';
import { fromWire } from '@/lib/core/snake-case';
import { agentsIn } from '@/lib/dispatch/presence';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import type { Answer } from '@/lib/testing/api';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

/** Milliseconds until a caller without an answer repeats the sentence. An answer takes half of that. */
const AGAIN_MS = 4_000;

/** Where a call is seen: the product's API, and its LiveKit server. */
interface Seen {
  readonly livekit: LiveKit;
  ask(method: string, path: string): Promise<Answer>;
}

/** A call seen from outside. */
export class SeenCall {
  constructor(
    private readonly product: Seen,
    readonly id: string,
    readonly room: string,
  ) {}

  /** The agents in the room according to LiveKit; none if there is no room. */
  async agents(): Promise<readonly ParticipantInfo[]> {
    const { rooms } = this.product.livekit;
    return agentsIn(await callLiveKit(rooms.listParticipants(this.room), []));
  }

  /** Waits for one agent; resolves with it. */
  async present(): Promise<ParticipantInfo> {
    let there: readonly ParticipantInfo[] = [];
    await soon(async () => {
      there = await this.agents();
      return there.length;
    }).toBe(1);
    return there[0] as ParticipantInfo;
  }

  /** Waits for one agent that is not `lost`; resolves with it. */
  async replaced(lost: ParticipantInfo, ms = SOON_MS): Promise<ParticipantInfo> {
    let there: readonly ParticipantInfo[] = [];
    await within(ms, async () => {
      there = await this.agents();
      return there.map(({ identity }) => (identity === lost.identity ? 'the lost one' : 'another'));
    }).toEqual(['another']);
    return there[0] as ParticipantInfo;
  }

  /** The stored timeline. */
  async timeline(): Promise<Timeline> {
    return fromWire((await this.product.ask('GET', `/api/calls/${this.id}`)).body) as Timeline;
  }

  /** The call's summary; undefined until something is stored. */
  async summary(): Promise<CallSummary | undefined> {
    return (await this.timeline()).call;
  }

  /** The events of one kind, in order. */
  async events<K extends EventKind>(kind: K): Promise<EventOf<K>[]> {
    const { marks = [] } = await this.timeline();
    return marks.flatMap((mark) =>
      mark.kind === 'event' && mark.what.kind === kind ? [mark.what as EventOf<K>] : [],
    );
  }

  /** Checks that the product itself noticed that an agent was lost: it takes a second, and LiveKit 20. */
  async wasNoticedHere(): Promise<void> {
    await soon(() => this.events('failover')).not.toEqual([]);
    const [first] = await this.events('failover');
    expect(first?.reason).not.toBe(NOTICED_BY_LIVEKIT);
  }

  /** Starts counting agents; the returned function stops and resolves with the maximum at once. */
  countAgents(): () => Promise<number> {
    let most = 0;
    let on = true;
    const counting = (async () => {
      while (on) {
        // While the server is down, nobody can be counted.
        const now = await this.agents().catch(() => []);
        most = Math.max(most, now.length);
        await new Promise((tick) => setTimeout(tick, POLL_MS));
      }
    })();
    return async () => {
      on = false;
      await counting;
      return most;
    };
  }
}

/** Why an agent is replaced if only LiveKit notices that it is lost, which takes it 20 s. */
export const NOTICED_BY_LIVEKIT = 'its connection was lost';

/** A call with its caller, who joined like the page. */
export class Call extends SeenCall {
  constructor(
    product: Seen,
    id: string,
    readonly caller: TestCaller,
  ) {
    super(product, id, caller.room);
  }

  /** Waits until the agent has joined and spoken; resolves with it. */
  async answered(): Promise<ParticipantInfo> {
    const agent = await this.present();
    await soon(() => this.caller.said).not.toBe('');
    return agent;
  }

  /** Checks that the agent hears and speaks: the line check repeats what it hears. */
  async goesOn(words = 'The boat is blue'): Promise<void> {
    await this.caller.type(words);
    await soon(() => this.caller.said).toContain(`I heard: ${words}.`);
  }

  /**
   * Like {@link goesOn}, for a caller who was disconnected: repeats the words until they are heard. LiveKit's Node SDK
   * reports a reconnection up to 3 s before the new server has it, and loses messages sent in between.
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
