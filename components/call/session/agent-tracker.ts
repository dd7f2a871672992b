// Tracks the agents of a call: which one is active, when it last sent a heartbeat, and how the
// last one left. It only observes; `lib/call/join-state.ts` interprets.
import { type Participant, type Room, RoomEvent, Track } from 'livekit-client';
import { isAgent, presentIn, readPayload, voicesOf } from '@/components/call/session/presence';
import { LostAgents } from '@/lib/call/lost-agents';
import type { Departure, ObservedAgent, Replacement } from '@/lib/call/observed';
import { leadOf, type Present } from '@/lib/call/present';
import {
  AGENT_STATE_ATTRIBUTE,
  agentNameOf,
  type FailoverSignal,
  failoverSignal,
  isFailoverTopic,
  isFromOtherWorker,
  leavingOf,
} from '@/lib/livekit/attributes';
import { type EndReason, type Leaving, reasonOfDisconnect } from '@/lib/livekit/end-reason';

/**
 * Calls `onSignal` for each signal of the web process. Only the server API can send data without a sender, so data with
 * a sender is ignored: any participant could have sent it.
 */
function followFailover(room: Room, onSignal: (signal: FailoverSignal) => void): void {
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    // A sender that LiveKit has not announced yet has an identity but no participant.
    if (!isFailoverTopic(topic) || participant || sender) return;
    const signal = readPayload(failoverSignal, payload);
    if (signal) onSignal(signal);
  });
}

interface AgentTimes {
  readonly arrived: number;
  /** The last heartbeat; undefined for an agent that sends none. */
  heartbeat?: number;
}

/** Observes the agents of a call. Times are milliseconds of `performance.now()`. */
export class AgentTracker {
  /** The last reason that the active agent gave for leaving. */
  leaving: Leaving | undefined;
  /** Whether an agent has been in this call. */
  came = false;
  /** How the last agent left; undefined once another one has joined. */
  #departure:
    | (Omit<Departure, 'agoMs'> & Pick<Present, 'identity' | 'agent'> & { readonly at: number })
    | undefined;
  /** The last signal of the web process, and whether an agent has joined since. */
  #signal: (Omit<Replacement, 'agoMs'> & { readonly at: number; done: boolean }) | undefined;
  /** By identity. */
  readonly #times = new Map<string, AgentTimes>();
  readonly #lost = new LostAgents();

  constructor(private readonly room: Room) {
    room.on(RoomEvent.ParticipantConnected, this.#seen);
    room.on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => {
      this.#seen(participant);
      const one = this.present().find(({ identity }) => identity === participant.identity);
      // Its worker process died, so it left without a goodbye.
      if (one?.leaving === 'orphaned') this.#lose(one);
    });
    room.on(RoomEvent.DataReceived, (_payload, participant) => {
      if (participant) this.#seen(participant);
    });
    room.on(RoomEvent.ParticipantDisconnected, (participant, reason) => {
      if (!isAgent(participant)) return;
      const { identity, attributes } = participant;
      this.#times.delete(identity);
      // While reconnecting, LiveKit removes all participants for a moment; they have not left.
      if (room.state !== 'connected') return;
      const leaving = leavingOf(attributes);
      const how = reasonOfDisconnect(reason);
      // An agent of another worker leaves without saying why. One of ours is lost then.
      const isLost = how === 'left' ? !isFromOtherWorker(attributes) : how !== 'removed';
      const why = leaving ?? (isLost && how === 'left' ? 'unknown' : how);
      const lost = this.#lost.has(identity);
      if (!leaving && isLost && !lost) this.#lost.add(identity, performance.now());
      const agent = agentNameOf(attributes) || undefined;
      if (!lost) this.#left({ identity, agent, leaving }, why);
    });
    followFailover(room, this.#onSignal);
  }

  /** The other participants, without lost agents. */
  present(): Present[] {
    return presentIn(this.room).filter(({ identity }) => !this.#lost.has(identity));
  }

  /** Identities of lost agents, including those that LiveKit still lists. */
  get lost(): ReadonlySet<string> {
    return this.#lost.identities;
  }

  /** The state at `now` of the active agent, one of those present. */
  observed(lead: Present | undefined, now: number): ObservedAgent | undefined {
    const agent = lead && this.room.remoteParticipants.get(lead.identity);
    if (!agent) return undefined;
    const { identity } = lead;
    const { arrived, heartbeat } = this.#arrived(identity, now);
    return {
      agent: lead.agent,
      state: agent.attributes[AGENT_STATE_ATTRIBUTE],
      hereMs: now - arrived,
      audible: voicesOf(this.room, identity).some(
        (one) => one.getTrackPublication(Track.Source.Microphone)?.isSubscribed === true,
      ),
      deployment: lead.deployment,
      leaving: lead.leaving,
      quietMs: heartbeat === undefined ? undefined : now - heartbeat,
    };
  }

  departure(now: number): Departure | undefined {
    if (!this.#departure) return undefined;
    const { why, at } = this.#departure;
    return { why, agoMs: now - at };
  }

  replacement(now: number): Replacement | undefined {
    if (!this.#signal || this.#signal.done) return undefined;
    const { kind, position, at } = this.#signal;
    return { kind, position, agoMs: now - at };
  }

  /** Restarts the silence timers, after a reconnection or after this page was suspended. */
  restartSilence(): void {
    const now = performance.now();
    for (const times of this.#times.values()) {
      if (times.heartbeat !== undefined) times.heartbeat = now;
    }
  }

  /** Forgets the last departure, after the room was reconnected. */
  forgetDeparture(): void {
    this.#departure = undefined;
  }

  /** An agent has joined: the last signal is done. */
  agentJoined(): void {
    if (this.#signal) this.#signal.done = true;
  }

  /** Forgets the last signal, because an agent was called back. */
  forgetSignal(): void {
    this.#signal = undefined;
  }

  /** Starts over in another room. */
  restart(): void {
    this.#times.clear();
    this.#lost.clear();
    this.forgetDeparture();
    this.forgetSignal();
    this.leaving = undefined;
  }

  /** Records the arrival of an agent, unless it is already known. */
  #arrived(identity: string, now: number): AgentTimes {
    this.came = true;
    const times = this.#times.get(identity) ?? { arrived: now };
    this.#times.set(identity, times);
    return times;
  }

  /** Records a departure, unless another agent is active. */
  #left(
    { identity, agent, leaving }: Pick<Present, 'identity' | 'agent' | 'leaving'>,
    why: EndReason,
  ): void {
    if (leadOf(this.present().filter((one) => one.identity !== identity))) return;
    this.leaving = leaving;
    this.#departure = { identity, agent, why, at: performance.now() };
  }

  /** Marks an agent as lost. */
  #lose(one: Present): void {
    this.#lost.add(one.identity, performance.now());
    this.#left(one, one.leaving ?? 'unknown');
  }

  /** Handles a signal. The web process knows better than this page which agents are alive. */
  readonly #onSignal = (signal: FailoverSignal): void => {
    const { kind, agent } = signal;
    const position = signal.kind === 'queued' ? signal.position : undefined;
    this.#signal = { kind, position, at: performance.now(), done: false };
    // An agent that is waited for is not lost.
    if (kind === 'queued') return;
    for (const one of this.present())
      if (one.kind === 'agent' && one.agent === agent) this.#lose(one);
    if (this.#departure?.agent !== agent) return;
    // The web process removes a duplicate of the lost agent. If this page sees that before the signal, it looks as if
    // somebody had removed the agent.
    this.#lost.add(this.#departure.identity, performance.now());
    if (this.#departure.why === 'removed') this.#departure = { ...this.#departure, why: 'unknown' };
  };

  readonly #seen = (participant: Participant): void => {
    if (participant.isLocal || !isAgent(participant)) return;
    const { identity, attributes } = participant;
    const now = performance.now();
    this.#lost.heartbeat(identity, leavingOf(attributes) !== undefined, now);
    if (this.#lost.has(identity)) return;
    const times = this.#arrived(identity, now);
    this.#departure = undefined;
    const lead = leadOf(this.present());
    if (lead) this.leaving = lead.leaving;
    // Only agents of this app send heartbeats; the silence of others means nothing.
    if (!isFromOtherWorker(attributes)) times.heartbeat = now;
  };
}
