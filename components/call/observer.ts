// Looks into the room of a call: who is there, who has the word, and what the caller may be told of
// it. It gathers what was observed; what follows from it is in `lib/call/`.
import { ConnectionState, type Room } from 'livekit-client';
import { pageMessages } from '@/components/language/page-messages';
import type { EndReason } from '@/lib/call/end-reason';
import { type JoinState, joinState } from '@/lib/call/join-state';
import type { Observed } from '@/lib/call/observed';
import { type Cast, castOf, leadOf, type Present, peopleOf } from '@/lib/call/present';
import { PRODUCTION } from '@/lib/core/deployment';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { catalogueMessages } from '@/lib/messages/main';
import { AgentTracker } from './agent-tracker';
import type { SpokenOf } from './call-snapshot';
import type { Order } from './order';
import { callIn, isMonitored, isRecorded } from './presence';

// How long things have stood: the room in its state, the caller without an agent, and this page
// itself, which stands still while a laptop sleeps and must not take that for the agent's silence.
/** A look that comes this late (ms) means that this page itself stood still, not the agent. */
const STOOD_STILL_MS = 1_200;

const AGAIN = [ConnectionState.Reconnecting, ConnectionState.SignalReconnecting];

/** LiveKit's state of the connection as the caller understands it; both reconnections are one. */
function roomOf(state: ConnectionState): Observed['room'] {
  if (state === ConnectionState.Connected) return 'connected';
  return AGAIN.includes(state) ? 'reconnecting' : 'connecting';
}

class RoomClock {
  #was: Observed['room'] = 'connecting';
  #since = performance.now();
  #waitingSince = performance.now();
  #lookedAt = performance.now();

  constructor(private readonly room: Room) {}

  /** Starts the wait for an agent afresh. */
  restartWait(): void {
    this.#waitingSince = performance.now();
  }

  /** Connecting begins only now. */
  restartConnecting(): void {
    this.#since = performance.now();
  }

  /** Takes note of a change of the connection. Returns whether it stands anew. */
  changed(): boolean {
    const is = roomOf(this.room.state);
    if (is === this.#was) return false;
    this.#was = is;
    this.#since = performance.now();
    if (is === 'connected') this.restartWait();
    return is === 'connected';
  }

  /** Takes note of a look. Returns whether this page stood still before it. */
  looked(now: number): boolean {
    const stoodStill = now - this.#lookedAt > STOOD_STILL_MS;
    this.#lookedAt = now;
    return stoodStill;
  }

  /** The times at `now` (`performance.now()`). */
  observed(now: number): Pick<Observed, 'room' | 'roomMs' | 'waitedMs'> {
    return {
      room: roomOf(this.room.state),
      roomMs: now - this.#since,
      waitedMs: now - this.#waitingSince,
    };
  }
}

/**
 * Milliseconds by which the word of the web process may come after what it does: it puts out the ghost
 * of a lost agent, and data and events travel side by side. Measured: 70 on a busy machine.
 */
const WORD_MS = 500;

/** What one look came to. */
interface Sight {
  /** What is seen may mean something else in a moment: better told then. */
  readonly unsettled: boolean;
  readonly present: readonly Present[];
  /** Identities of the agents that were lost. */
  readonly lost: ReadonlySet<string>;
  readonly join: JoinState;
  readonly cast: Cast;
  /** How many other people are there. */
  readonly people: number;
  readonly agent: SpokenOf | undefined;
  /** An agent was called back and has not come yet. */
  readonly calledBack: boolean;
  /** An agent was in this call. */
  readonly agentCame: boolean;
  /** Place in line, while the caller has to wait for their turn. */
  readonly place: number | undefined;
  /** Name of the room, "" before there is one. */
  readonly room: string;
  /** Id of the call. */
  readonly id: string | undefined;
  /** Deployment that the agent with the word reports. */
  readonly reported: string | undefined;
  /** An agent records the sound. */
  readonly recorded: boolean;
  /** Somebody listens whom nobody sees. */
  readonly monitored: boolean;
  /** Identities of those on the stage. */
  readonly onStage: readonly string[];
}

/** Who was called, before anything is seen of them. */
function called(order: Order): SpokenOf | undefined {
  if (order.kind === 'join') return undefined;
  const { name: agent, person } = order.agent;
  const role = pageMessages(catalogueMessages).roleOf(order.agent);
  return { agent, person, role, deployment: order.deployment };
}

export class Observer {
  readonly agents: AgentTracker;
  readonly clock: RoomClock;
  #calledBack = false;
  #agent: SpokenOf | undefined;
  #call: string | undefined;

  constructor(
    private readonly room: Room,
    private readonly order: Order,
    private readonly line: Pick<Observed, 'moving' | 'place'>,
  ) {
    this.agents = new AgentTracker(room);
    this.clock = new RoomClock(room);
    this.#agent = called(order);
  }

  /** An agent was called back: it is waited for from now. */
  wasCalledBack(): void {
    this.#calledBack = true;
    this.agents.forgetDeparture();
    this.agents.forgetWord();
    this.clock.restartWait();
  }

  /** This page is in another room now. */
  moved(): void {
    this.#calledBack = false;
    this.agents.restart();
    this.clock.restartWait();
  }

  /** Looks. A look that comes late means that this page stood still, not the agent. */
  look(ended?: EndReason): Sight {
    const now = performance.now();
    if (this.clock.looked(now)) this.agents.forgive();
    const present = this.agents.present();
    const lead = leadOf(present);
    const people = peopleOf(present);
    if (lead) this.#see(lead);
    this.#call ??= callIn(this.room);
    const expected = this.#agent && { name: this.#agent.person, role: this.#agent.role };
    const onStage = lead ? [lead] : people;
    const departure = this.agents.departure(now);
    const replacement = this.agents.replacement(now);
    const join = joinState({
      ...this.clock.observed(now),
      moving: this.line.moving,
      place: this.line.place,
      joinTimeoutMs: this.order.joinTimeoutMs,
      online: navigator.onLine,
      asked:
        this.order.kind === 'call'
          ? { agent: this.order.agent.name, deployment: this.order.deployment }
          : undefined,
      share: this.room.localParticipant.attributes[PERSON_ATTRIBUTES.share],
      people: { count: people.length, speaking: people.some(({ speaking }) => speaking) },
      calledBack: this.#calledBack,
      agent: this.agents.observed(lead, now),
      departure,
      agentCame: this.agents.came,
      replacement,
      ended,
    });
    if (join.agentThere) this.agents.isThere();
    return {
      unsettled: join.code === 'agent-removed' && (departure?.agoMs ?? WORD_MS) < WORD_MS,
      present,
      lost: this.agents.lost,
      join,
      cast: castOf(present, expected, this.#calledBack || join.code === 'replacing'),
      people: people.length,
      agent: this.#agent,
      calledBack: this.#calledBack,
      agentCame: this.agents.came,
      place: join.code === 'in-line' ? (this.line.place ?? replacement?.place) : undefined,
      room: this.room.name,
      id: this.#call,
      reported: lead?.deployment,
      recorded: isRecorded(this.room),
      monitored: isMonitored(this.room),
      onStage: onStage.map(({ identity }) => identity),
    };
  }

  #see({ name: person, role, agent, deployment }: Present): void {
    this.#calledBack = false;
    // One of other make does not say how it could be called back.
    if (agent !== undefined) {
      this.#agent = { person, role, agent, deployment: deployment ?? PRODUCTION };
    }
  }
}
