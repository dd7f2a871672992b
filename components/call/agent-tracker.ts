// Watches the agents of a call: which one has the word, when it last gave a sign of life, and how
// the last one went. Only what was observed; what it means is `lib/call/join-state.ts`.
import { DisconnectReason, type Participant, type Room, RoomEvent, Track } from 'livekit-client';
import { LostAgents } from '@/lib/call/lost-agents';
import type { Departure, ObservedAgent, Replacement } from '@/lib/call/observed';
import { leadOf, type Present } from '@/lib/call/present';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  type Leaving,
  WATCH_TOPIC,
  type WatchSignal,
  watchSignal,
} from '@/lib/livekit/attributes';
import { leavingOf, presentIn } from './presence';

// When the agents of a call came, and when each last gave a sign of life. Times are milliseconds of
// `performance.now()`.
class Heartbeats {
  readonly #since = new Map<string, number>();
  readonly #last = new Map<string, number>();

  /** It is here, from now unless it was before. */
  arrived(identity: string, now: number): void {
    if (!this.#since.has(identity)) this.#since.set(identity, now);
  }

  /** It gave a sign of life. */
  gave(identity: string, now: number): void {
    this.#last.set(identity, now);
  }

  hereMs(identity: string, now: number): number {
    return now - (this.#since.get(identity) ?? now);
  }

  /** Undefined for one that gives no signs. */
  quietMs(identity: string, now: number): number | undefined {
    const last = this.#last.get(identity);
    return last === undefined ? undefined : now - last;
  }

  /** Counts silence from now. */
  forgive(now: number): void {
    for (const identity of this.#last.keys()) this.#last.set(identity, now);
  }

  forget(identity: string): void {
    this.#since.delete(identity);
    this.#last.delete(identity);
  }

  clear(): void {
    this.#since.clear();
    this.#last.clear();
  }
}

// Listens to what the web process says that it does for a room's people. Only the server's own API
// sends data without a sender; what anybody in the room sends is not believed.
function readSignal(payload: Uint8Array): WatchSignal | undefined {
  try {
    return watchSignal.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
}

/** Calls `onSignal` with each signal of the web process. */
function followFailover(room: Room, onSignal: (signal: WatchSignal) => void): void {
  room.on(RoomEvent.DataReceived, (payload, participant, _kind, topic, _encryption, sender) => {
    // A sender that LiveKit has not shown us yet has an identity, and no participant.
    if (topic !== WATCH_TOPIC || participant || sender) return;
    const signal = readSignal(payload);
    if (signal) onSignal(signal);
  });
}

/** Times are milliseconds of `performance.now()`. */
export class AgentTracker {
  /** The last reason an agent with the word gave for leaving. */
  leaving: Leaving | undefined;
  /** Whether an agent was in this call. */
  came = false;
  /** How the last agent went, until another one is there. */
  #departure:
    | (Omit<Departure, 'agoMs'> & Pick<Present, 'identity' | 'agent'> & { readonly at: number })
    | undefined;
  /** The last word of the web process, and whether an agent is there since. */
  #word: (Omit<Replacement, 'agoMs'> & { readonly at: number; done: boolean }) | undefined;
  readonly #signs = new Heartbeats();
  readonly #lost = new LostAgents();

  constructor(private readonly room: Room) {
    room.on(RoomEvent.ParticipantConnected, this.#seen);
    room.on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => {
      this.#seen(participant);
      const one = this.present().find(({ identity }) => identity === participant.identity);
      // It goes without a goodbye, in the middle of a word.
      if (one?.leaving === 'orphaned') this.#lose(one);
    });
    room.on(RoomEvent.DataReceived, (_payload, participant) => {
      if (participant) this.#seen(participant);
    });
    room.on(RoomEvent.ParticipantDisconnected, (participant, reason) => {
      if (!participant.isAgent) return;
      const { identity, attributes } = participant;
      this.#signs.forget(identity);
      // While reconnecting everybody is taken out for a moment: that is not a departure.
      if (room.state !== 'connected') return;
      const leaving = leavingOf(participant);
      const removed = reason === DisconnectReason.PARTICIPANT_REMOVED;
      const lost = this.#lost.has(identity);
      if (!leaving && !removed && !lost) this.#lost.add(identity, performance.now());
      if (!lost)
        this.#gone({ identity, agent: attributes[AGENT_ATTRIBUTES.agent] }, leaving, removed);
    });
    followFailover(room, this.#told);
  }

  /** Who else is in the room, without the agents that are lost. */
  present(): Present[] {
    return presentIn(this.room).filter(({ identity }) => !this.#lost.has(identity));
  }

  /** Identities of the agents that were lost, whether or not LiveKit still shows them. */
  get lost(): ReadonlySet<string> {
    return this.#lost.identities;
  }

  /** The agent with the word as it is at `now`, one of those present. */
  observed(lead: Present | undefined, now: number): ObservedAgent | undefined {
    const agent = lead && this.room.remoteParticipants.get(lead.identity);
    if (!agent) return undefined;
    const { identity } = lead;
    this.#arrived(identity, now);
    return {
      agent: lead.agent,
      state: agent.attributes[AGENT_STATE_ATTRIBUTE],
      hereMs: this.#signs.hereMs(identity, now),
      audible: agent.getTrackPublication(Track.Source.Microphone)?.isSubscribed === true,
      deployment: lead.deployment,
      leaving: lead.leaving,
      quietMs: this.#signs.quietMs(identity, now),
    };
  }

  departure(now: number): Departure | undefined {
    if (!this.#departure) return undefined;
    const { leaving, removed, at } = this.#departure;
    return { leaving, removed, agoMs: now - at };
  }

  replacement(now: number): Replacement | undefined {
    if (!this.#word || this.#word.done) return undefined;
    const { kind, place, at } = this.#word;
    return { kind, place, agoMs: now - at };
  }

  /** Counts silence from now: after a reconnection, or after this page itself stood still. */
  forgive(): void {
    this.#signs.forgive(performance.now());
  }

  /** The last departure is no news any more: the room stands anew. */
  forgetDeparture(): void {
    this.#departure = undefined;
  }

  /** An agent is there: the last word is done. */
  isThere(): void {
    if (this.#word) this.#word.done = true;
  }

  /** The last word is no news any more: an agent was called back. */
  forgetWord(): void {
    this.#word = undefined;
  }

  /** Starts afresh in another room. */
  restart(): void {
    this.#signs.clear();
    this.#lost.clear();
    this.forgetDeparture();
    this.forgetWord();
    this.leaving = undefined;
  }

  #arrived(identity: string, now: number): void {
    this.came = true;
    this.#signs.arrived(identity, now);
  }

  /** Takes note of a departure, unless another agent has the word. */
  #gone(
    { identity, agent }: Pick<Present, 'identity' | 'agent'>,
    leaving: Leaving | undefined,
    removed: boolean,
  ): void {
    if (leadOf(this.present().filter((one) => one.identity !== identity))) return;
    this.leaving = leaving;
    this.#departure = { identity, agent, leaving, removed, at: performance.now() };
  }

  /** From now an agent counts as gone. */
  #lose(one: Present): void {
    this.#lost.add(one.identity, performance.now());
    this.#gone(one, one.leaving, false);
  }

  /** The web process knows better than this page who is alive. */
  readonly #told = (word: WatchSignal): void => {
    const { kind, agent } = word;
    const place = word.kind === 'in-line' ? word.place : undefined;
    this.#word = { kind, place, at: performance.now(), done: false };
    // Waited for, not lost.
    if (kind === 'in-line') return;
    for (const one of this.present())
      if (one.kind === 'agent' && one.agent === agent) this.#lose(one);
    if (this.#departure?.agent !== agent) return;
    // It puts the ghost of a lost agent out: seen before its word, that looks like somebody's doing.
    this.#lost.add(this.#departure.identity, performance.now());
    this.#departure = { ...this.#departure, removed: false };
  };

  readonly #seen = (participant: Participant): void => {
    if (participant.isLocal || !participant.isAgent) return;
    const { identity, attributes } = participant;
    const now = performance.now();
    this.#lost.sign(identity, leavingOf(participant) !== undefined, now);
    if (this.#lost.has(identity)) return;
    this.#arrived(identity, now);
    this.#departure = undefined;
    const lead = leadOf(this.present());
    if (lead) this.leaving = lead.leaving;
    // An agent of other make sends no pulse: its silence means nothing.
    if (attributes[AGENT_ATTRIBUTES.agent] !== undefined) this.#signs.gave(identity, now);
  };
}
