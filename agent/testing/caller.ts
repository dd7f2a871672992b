// A caller for tests: joins a room like the page and records what the agent sends.
import { randomUUID } from 'node:crypto';
import {
  AudioStream,
  ParticipantKind,
  type RemoteParticipant,
  type RemoteTrack,
  Room,
  RoomEvent,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { vi } from 'vitest';
import { mintToken } from '../../lib/dispatch/tokens';
import {
  AGENT_ATTRIBUTES,
  FAILOVER_TOPIC,
  failoverSignal,
  HEARTBEAT_TOPIC,
  MOVE_METHOD,
  moveOrder,
} from '../../lib/livekit/attributes';
import { LIVE_AUDIO_TOPIC } from '../../lib/livekit/pre-connect-audio';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';
import type { TestLiveKitServer } from '../../lib/testing/livekit-server';
import { Microphone } from './microphone';
import { TIMEOUT_MS } from './timeout';

/** LiveKit's topics for transcriptions and for chat messages. */
const TRANSCRIPTION_TOPIC = 'lk.transcription';
const CHAT_TOPIC = 'lk.chat';

/**
 * Milliseconds to keep recorded words after the agent confirms that it hears, or starts to listen.
 */
const OVERLAP_MS = 300;
const UNTOLD_MS = 1_000;

/** Sample value (of 32767) that background noise does not reach and any word does. */
const LOUD = 1_000;

/** How to join. */
export interface JoinOptions {
  /** The caller's room, unless a new one. */
  readonly room?: string;
  readonly identity?: string;
  readonly attributes?: Record<string, string>;
  /** Display name of the requested deployment. */
  readonly deployment?: string;
  /** Whether audio is received. */
  readonly listens?: boolean;
  /** LiveKit's participant kind. */
  readonly kind?: 'standard' | 'sip' | 'egress' | 'ingress' | 'agent';
}

/** One caller, in a new room by default. */
export class TestCaller {
  /** What the agents said, as far as it was played. */
  said = '';
  /** The same by agent display name. */
  readonly saidBy = new Map<string, string>();
  /** The value of `said` each time it grew. */
  readonly #growth: { said: string; at: number }[] = [];
  /** Whether the agent's audio was ever louder than silence. */
  heard = false;
  heartbeats = 0;
  /** When the last heartbeat arrived: milliseconds since 1970, as all times here. */
  heartbeatAt = Number.NaN;
  /** Each queue position it was sent. */
  readonly places: number[] = [];
  /** Why the agent leaves, once it has said so. */
  leaving: string | undefined;
  /** When it left. */
  leftAt = Number.NaN;
  #line = new Room();
  #microphone: Microphone | undefined;

  private constructor(
    private readonly env: TestLiveKitServer['env'],
    /** The caller's room. */
    public room: string,
    readonly identity: string,
  ) {}

  /**
   * Joins with a token that dispatches an agent, or none; the agent joins when the caller joins.
   */
  static async call(
    env: TestLiveKitServer['env'],
    name: string | undefined,
    { deployment = 'production', listens = true, ...joining }: JoinOptions = {},
  ) {
    const { room = `call-${randomUUID()}`, identity = 'caller', attributes = {} } = joining;
    const caller = new TestCaller(env, room, identity);
    const agent = name && { name, deployment, metadata: '' };
    const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
    const who = { identity, attributes };
    const token = agent
      ? await mintToken({ room, ...who, agent }, key, secret)
      : await plainToken(new AccessToken(key, secret, who), room, joining.kind);
    await caller.#connect(token, listens);
    return caller;
  }

  async #connect(token: string, listens: boolean): Promise<void> {
    this.#line = new Room();
    let isConnected = () => {};
    this.#listen(
      new Promise((resolve) => {
        isConnected = resolve;
      }),
    );
    const options = { ...ROOM_OPTIONS, autoSubscribe: listens };
    await this.#line.connect(this.env.LIVEKIT_URL, token, options);
    isConnected();
    // As the page does: follows the agent into another room.
    this.#line.localParticipant?.registerRpcMethod(MOVE_METHOD, async ({ payload }) => {
      const order = moveOrder.parse(JSON.parse(payload));
      setImmediate(async () => {
        await this.#line.disconnect();
        this.room = order.room;
        await this.#connect(order.token, listens);
      });
      return 'moving';
    });
  }

  #listen(connected: Promise<void>) {
    const line = this.#line;
    const agentOf = (identity = '') => {
      const found = line.remoteParticipants.get(identity);
      return found?.kind === ParticipantKind.AGENT ? found : undefined;
    };
    line.registerTextStreamHandler(TRANSCRIPTION_TOPIC, async (reader, { identity }) => {
      // Words may arrive before the room's participant list.
      await connected;
      const person = agentOf(identity)?.name;
      if (!person) return reader.close();
      try {
        for await (const piece of reader) this.#add(person, piece);
        this.#add(person, ' ');
      } catch {
        // The call ended in the middle of a word.
      }
    });
    line.on(RoomEvent.DataReceived, (data, participant, __, topic) => {
      if (topic === FAILOVER_TOPIC) {
        const word = failoverSignal.parse(JSON.parse(new TextDecoder().decode(data)));
        if (word.kind === 'in-line') this.places.push(word.place);
      }
      if (topic !== HEARTBEAT_TOPIC || !agentOf(participant?.identity)) return;
      this.heartbeats += 1;
      this.heartbeatAt = Date.now();
    });
    line.on(RoomEvent.ParticipantAttributesChanged, (changed) => {
      this.leaving = changed[AGENT_ATTRIBUTES.leaving] ?? this.leaving;
    });
    line.on(RoomEvent.ParticipantDisconnected, () => {
      this.leftAt = Date.now();
    });
    line.on(RoomEvent.TrackSubscribed, (track) => void this.#hear(track));
  }

  #add(person: string, piece: string) {
    this.said += piece;
    this.saidBy.set(person, (this.saidBy.get(person) ?? '') + piece);
    this.#growth.push({ said: this.said, at: Date.now() });
  }

  /** When the agent had said `words`. */
  saidAt(words: string): number {
    return this.#growth.find(({ said }) => said.includes(words))?.at ?? Number.NaN;
  }

  async #hear(track: RemoteTrack) {
    try {
      for await (const { data } of new AudioStream(track)) {
        if (!data.some((sample) => Math.abs(sample) > LOUD)) continue;
        this.heard = true;
        return;
      }
    } catch {
      // The track of a killed agent can end before anybody subscribes: nothing was heard.
    }
  }

  /** The agents in the room. */
  agents(): RemoteParticipant[] {
    const others = [...this.#line.remoteParticipants.values()];
    return others.filter(({ kind }) => kind === ParticipantKind.AGENT);
  }

  /** Number of other participants who are not agents. */
  people(): number {
    return this.#line.remoteParticipants.size - this.agents().length;
  }

  /** Catalogue names of the agents in the room, sorted. */
  agentNames(): string[] {
    return this.agents()
      .map(({ attributes }) => attributes[AGENT_ATTRIBUTES.agent] ?? '')
      .sort();
  }

  /** The agent, while it is in the room. */
  agent(): RemoteParticipant | undefined {
    return this.agents()[0];
  }

  /** Waits for the agent; resolves with its attributes. */
  answered(): Promise<Record<string, string>> {
    return vi.waitFor(() => {
      const agent = this.agent();
      if (!agent) throw new Error(`no agent joined ${this.room}`);
      return agent.attributes;
    }, TIMEOUT_MS);
  }

  /** Id of the worker that took the call. */
  async worker(): Promise<string | undefined> {
    return (await this.answered())[AGENT_ATTRIBUTES.worker];
  }

  /** Types a message to the agent. */
  async type(text: string): Promise<void> {
    await this.#line.localParticipant?.sendText(text, { topic: CHAT_TOPIC });
  }

  /** Turns the microphone on. */
  async speaks(speech: string): Promise<Microphone> {
    this.#microphone = await Microphone.on(this.#line, speech);
    return this.#microphone;
  }

  /** Speaks before an agent is present; `sends` the recording to the first one, like the page. */
  async speaksAtOnce(speech: string, words: string, sends = true): Promise<Microphone> {
    const line = this.#line;
    const microphone = await Microphone.on(line, speech, true);
    this.#microphone = microphone;
    const send = () => {
      const agent = this.agent();
      if (agent && sends) void microphone.handOver(line, agent.identity);
    };
    line.on(RoomEvent.DataReceived, (_, __, ___, topic) => {
      if (topic === LIVE_AUDIO_TOPIC) setTimeout(send, OVERLAP_MS);
    });
    line.on(RoomEvent.LocalTrackSubscribed, () => setTimeout(send, UNTOLD_MS));
    await microphone.say(words);
    return microphone;
  }

  /** Hangs up. */
  hangUp(): Promise<void> {
    this.#microphone?.off();
    return this.#line.disconnect();
  }
}

/** A token without a dispatch. */
function plainToken(token: AccessToken, room: string, kind?: string): Promise<string> {
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  if (kind) token.kind = kind;
  return token.toJwt();
}
