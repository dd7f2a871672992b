// Observes the room of a call: who is present, which agent is active, and what the caller can be told. It gathers
// facts; the conclusions are in `lib/call/`.
import { ConnectionState, type Room } from 'livekit-client';
import { AgentTracker } from '@/components/call/session/agent-tracker';
import type { AgentRef, CallSnapshot } from '@/components/call/session/call-snapshot';
import type { Order } from '@/components/call/session/order';
import {
  callIdIn,
  isMonitored,
  isPictured,
  isRecorded,
  isWatchedByWorker,
  voicesOf,
} from '@/components/call/session/presence';
import type { SilentAgent } from '@/components/call/session/silent-agent';
import { isOnline } from '@/components/ui/browser';
import { joinState } from '@/lib/call/join-state';
import type { Line } from '@/lib/call/line';
import type { Observed, ObservedAgent } from '@/lib/call/observed';
import type { PageEnd } from '@/lib/call/page-end';
import { leadOf, type Present, participantsOf, peopleOf } from '@/lib/call/present';
import { type Awaited, NOTHING_AWAITED, nextAwaited } from '@/lib/call/unanswered';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';

/**
 * An observation that is late by this many milliseconds means that this page was suspended. No more of that time counts as time
 * in which something could have arrived.
 */
const SUSPENDED_MS = 1_200;

const RECONNECTING = [ConnectionState.Reconnecting, ConnectionState.SignalReconnecting];

/** LiveKit's connection state, with both kinds of reconnecting as one. */
function roomOf(state: ConnectionState): Observed['room'] {
  if (state === ConnectionState.Connected) return 'connected';
  return RECONNECTING.includes(state) ? 'reconnecting' : 'connecting';
}

/**
 * Timers of the room: how long it has been in its state, how long the caller has been without an agent, and whether
 * this page was suspended, for example by a sleeping laptop, which must not look like a silent agent.
 */
class RoomClock {
  #was: Observed['room'] = 'connecting';
  #since = performance.now();
  #waitingSince = performance.now();
  #observedAt = performance.now();
  #awakeMs = 0;

  constructor(private readonly room: Room) {}

  /** Restarts the wait for an agent. */
  restartWait(): void {
    this.#waitingSince = performance.now();
  }

  /** Connecting starts now. */
  restartConnecting(): void {
    this.#since = performance.now();
  }

  /** Handles a change of the connection. Returns whether it was restored. */
  changed(): boolean {
    const is = roomOf(this.room.state);
    if (is === this.#was) return false;
    this.#was = is;
    this.#since = performance.now();
    if (is === 'connected') this.restartWait();
    return is === 'connected';
  }

  /** Handles an observation. Returns whether this page was suspended before it. */
  tick(now: number): boolean {
    const ms = now - this.#observedAt;
    this.#observedAt = now;
    this.#awakeMs += Math.min(ms, SUSPENDED_MS);
    return ms > SUSPENDED_MS;
  }

  /** Milliseconds for which this page was awake. */
  get awakeMs(): number {
    return this.#awakeMs;
  }

  /** The durations at `now` (`performance.now()`). */
  observed(now: number): Pick<Observed, 'room' | 'roomMs' | 'waitedMs'> {
    return {
      room: roomOf(this.room.state),
      roomMs: now - this.#since,
      waitedMs: now - this.#waitingSince,
    };
  }
}

/**
 * Milliseconds by which a signal of the web process may arrive after its effect: data and participant events travel
 * separately. Measured on a busy machine: 70.
 */
const SIGNAL_DELAY_MS = 500;

/** The result of one observation. `reported` is only set while an agent is active. */
interface Observation
  extends Omit<
    CallSnapshot,
    'connectedAt' | 'startedAt' | 'endedAt' | 'end' | 'lines' | 'callingBack' | 'anotherAgent'
  > {
  /** The observation may be explained in a moment, so it is better not shown yet. */
  readonly unsettled: boolean;
  readonly present: readonly Present[];
  /** Identities of lost agents. */
  readonly lost: ReadonlySet<string>;
  /** Identities of those on the stage. */
  readonly onStage: readonly string[];
  /** The agent that has not answered, and for how many milliseconds. */
  readonly silent: SilentAgent | undefined;
}

/** The agent that was called, before it has joined. */
function called(order: Order): AgentRef | undefined {
  if (order.kind === 'join') return undefined;
  const { name: agent, person, role } = order.agent;
  return { agent, person, role, deployment: order.deployment };
}

export class Observer {
  readonly agents: AgentTracker;
  readonly clock: RoomClock;
  #calledBack = false;
  #agent: AgentRef | undefined;
  #call: string | undefined;
  #lines: readonly Line[] = [];
  #awaited: Awaited = NOTHING_AWAITED;

  constructor(
    private readonly room: Room,
    private readonly order: Order,
    private readonly connection: Pick<Observed, 'moving' | 'position'>,
  ) {
    this.agents = new AgentTracker(room);
    this.clock = new RoomClock(room);
    this.#agent = called(order);
  }

  /** An agent was called back: the wait for it starts now. */
  wasCalledBack(): void {
    this.#calledBack = true;
    this.agents.forgetDeparture();
    this.agents.forgetSignal();
    this.clock.restartWait();
  }

  /** The wait for the agent, or for its answer, starts now. */
  keepWaiting(): void {
    this.clock.restartWait();
    this.#awaited = { ...this.#awaited, since: this.clock.awakeMs };
  }

  /** The transcript has changed. */
  heard(lines: readonly Line[]): void {
    this.#lines = lines;
  }

  /** This page is in another room now. */
  moved(): void {
    this.#calledBack = false;
    this.agents.restart();
    this.clock.restartWait();
  }

  /** Observes the room. A late observation means that this page was suspended. */
  observe(ended?: PageEnd): Observation {
    const now = performance.now();
    const wasSuspended = this.clock.tick(now);
    if (wasSuspended) this.agents.restartSilence();
    const present = this.agents.present();
    const lead = leadOf(present);
    const people = peopleOf(present);
    if (lead) this.#onAgent(lead);
    this.#call ??= callIdIn(this.room);
    const expected = this.#agent && {
      ...{ kind: 'agent' as const, name: this.#agent.person, role: this.#agent.role },
    };
    const onStage = lead ? [lead] : people;
    const departure = this.agents.departure(now);
    const replacement = this.agents.replacement(now);
    const agent = this.agents.observed(lead, now);
    const clock = this.clock.observed(now);
    const silent = this.#silent(present, agent, clock.room !== 'connected');
    const join = joinState({
      ...clock,
      moving: this.connection.moving,
      position: this.connection.position,
      joinTimeoutMs: this.order.joinTimeoutMs,
      online: isOnline(),
      asked:
        this.order.kind === 'call'
          ? { agent: this.order.agent.name, deployment: this.order.deployment }
          : undefined,
      share: this.#share,
      people: { count: people.length, speaking: people.some(({ speaking }) => speaking) },
      calledBack: this.#calledBack,
      agent,
      unanswered: silent !== undefined,
      departure,
      agentCame: this.agents.came,
      replacement,
      ended,
    });
    if (join.agentThere) this.agents.agentJoined();
    return {
      unsettled:
        join.code === 'agent-removed' && (departure?.agoMs ?? SIGNAL_DELAY_MS) < SIGNAL_DELAY_MS,
      present,
      lost: this.agents.lost,
      join,
      participants: participantsOf(
        present,
        expected,
        this.#calledBack || join.code === 'replacing',
      ),
      people: people.length,
      agent: this.#agent,
      calledBack: this.#calledBack,
      agentCame: this.agents.came,
      position:
        join.code === 'queued' ? (this.connection.position ?? replacement?.position) : undefined,
      room: this.room.name,
      id: this.#call,
      reported: lead?.deployment,
      share: this.#share,
      recorded: isRecorded(this.room),
      pictured: isPictured(this.room),
      monitored: isMonitored(this.room),
      onStage: onStage.map(({ identity }) => identity),
      silent,
    };
  }

  /**
   * The agent that owes the caller an answer for too long. Agents with a watchdog notice that themselves, and are silent where
   * they mean to be; and somebody else in the room may answer as well.
   */
  #silent(
    present: readonly Present[],
    agent: ObservedAgent | undefined,
    paused: boolean,
  ): SilentAgent | undefined {
    const [only, ...others] = present;
    const isWatched = only && isWatchedByWorker(this.room, only.identity);
    const isAwaited = agent && !agent.leaving && !isWatched;
    const now = this.clock.awakeMs;
    this.#awaited = nextAwaited(this.#awaited, {
      now,
      lines: this.#lines,
      speaking: this.room.localParticipant.isSpeaking,
      agent:
        only && isAwaited && others.length === 0
          ? {
              identity: only.identity,
              state: agent.state,
              audible: voicesOf(this.room, only.identity).some((one) => one.isSpeaking),
            }
          : undefined,
      paused,
    });
    const { late, since } = this.#awaited;
    return late && only ? { identity: only.identity, ms: now - since } : undefined;
  }

  #onAgent({ name: person, role, agent, deployment }: Present): void {
    this.#calledBack = false;
    if (agent === undefined) return;
    this.#agent = { person, role, agent, deployment: deployment ?? this.#askedOf(agent) };
  }

  /** The deployment from which this page has called an agent that does not report it. */
  #askedOf(agent: string): string | undefined {
    const { order } = this;
    if (order.kind !== 'call' || order.agent.name !== agent) return undefined;
    return this.#share ?? order.deployment;
  }

  /** The deployment to which a share redirected this caller. */
  get #share(): string | undefined {
    return this.room.localParticipant.attributes[PERSON_ATTRIBUTES.share];
  }
}
