// A caller for tests: joins a room as the page does and keeps what the agent there lets it know.
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
import { wireDeployment } from '../../lib/core/deployment';
import { mintToken } from '../../lib/dispatch/tokens';
import {
  AGENT_ATTRIBUTES,
  MOVE_METHOD,
  moveOrder,
  PULSE_TOPIC,
  WATCH_TOPIC,
  watchSignal,
} from '../../lib/livekit/attributes';
import { HEARD_TOPIC } from '../../lib/livekit/pre-connect-audio';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';
import type { TestLiveKitServer } from '../../lib/testing/livekit-server';
import { LIMIT_MS } from './limit';
import { Microphone } from './microphone';

/** LiveKit's topics for what is being said, and for what is typed. */
const TRANSCRIPTION_TOPIC = 'lk.transcription';
const CHAT_TOPIC = 'lk.chat';

/** Milliseconds that words are still kept once the agent says that it hears, or once it listens. */
const OVERLAP_MS = 300;
const UNTOLD_MS = 1_000;

/** Sample value (of 32767) that the noise of no line reaches, and any word does. */
const LOUD = 1_000;

/** Who joins, and how. */
export interface Joining {
  /** The caller's room, where it is not one of their own. */
  readonly room?: string;
  readonly identity?: string;
  readonly attributes?: Record<string, string>;
  /** Shown name of the deployment asked for. */
  readonly deployment?: string;
  /** Whether sound is received. */
  readonly listens?: boolean;
  /** LiveKit's kind of participant. */
  readonly kind?: 'standard' | 'sip' | 'egress' | 'ingress' | 'agent';
}

/** One caller, in a room of its own unless told otherwise. */
export class TestCaller {
  /** What the agents said, as far as it was said. */
  said = '';
  /** The same by the agent's name for itself. */
  readonly saidBy = new Map<string, string>();
  /** All of `said` at each moment it grew. */
  readonly #growth: { said: string; at: number }[] = [];
  /** Whether its sound was ever louder than silence. */
  heard = false;
  pulses = 0;
  /** When the last pulse came: milliseconds since 1970, as all times here. */
  pulseAt = Number.NaN;
  /** Each place in line that it was told. */
  readonly places: number[] = [];
  /** Why the agent leaves, once it has said so. */
  leaving: string | undefined;
  /** When it left. */
  leftAt = Number.NaN;
  #line = new Room();
  #microphone: Microphone | undefined;

  private constructor(
    private readonly env: TestLiveKitServer['env'],
    /** Where the caller is. */
    public room: string,
    readonly identity: string,
  ) {}

  /** Joins with a token that asks for an agent, or for none; the agent joins when it joins. */
  static async call(
    env: TestLiveKitServer['env'],
    name: string | undefined,
    { deployment = 'production', listens = true, ...joining }: Joining = {},
  ) {
    const { room = `call-${randomUUID()}`, identity = 'caller', attributes = {} } = joining;
    const caller = new TestCaller(env, room, identity);
    const agent = name && { name, deployment: wireDeployment(deployment), metadata: '' };
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
    // As the page does: goes where an agent leads.
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
      // Words may come before the room says who is in it.
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
      if (topic === WATCH_TOPIC) {
        const word = watchSignal.parse(JSON.parse(new TextDecoder().decode(data)));
        if (word.kind === 'in-line') this.places.push(word.place);
      }
      if (topic !== PULSE_TOPIC || !agentOf(participant?.identity)) return;
      this.pulses += 1;
      this.pulseAt = Date.now();
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
      // Gone again, with an agent that was killed, before anybody could listen: nothing was heard.
    }
  }

  /** The agents in the room. */
  agents(): RemoteParticipant[] {
    const others = [...this.#line.remoteParticipants.values()];
    return others.filter(({ kind }) => kind === ParticipantKind.AGENT);
  }

  /** How many others there are who are no agents. */
  people(): number {
    return this.#line.remoteParticipants.size - this.agents().length;
  }

  /** The agents in the room by their names in the catalogue, sorted. */
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
      if (!agent) throw new Error(`no agent came to ${this.room}`);
      return agent.attributes;
    }, LIMIT_MS);
  }

  /** Id of the worker that took the call. */
  async worker(): Promise<string | undefined> {
    return (await this.answered())[AGENT_ATTRIBUTES.worker];
  }

  /** Types a line to the agent. */
  async type(text: string): Promise<void> {
    await this.#line.localParticipant?.sendText(text, { topic: CHAT_TOPIC });
  }

  /** Turns the microphone on. */
  async speaks(speech: string): Promise<Microphone> {
    this.#microphone = await Microphone.on(this.#line, speech);
    return this.#microphone;
  }

  /** Says something before any agent is there; `sends` that to the first, as the page does. */
  async speaksAtOnce(speech: string, words: string, sends = true): Promise<Microphone> {
    const line = this.#line;
    const microphone = await Microphone.on(line, speech, true);
    this.#microphone = microphone;
    const send = () => {
      const agent = this.agent();
      if (agent && sends) void microphone.handOver(line, agent.identity);
    };
    line.on(RoomEvent.DataReceived, (_, __, ___, topic) => {
      if (topic === HEARD_TOPIC) setTimeout(send, OVERLAP_MS);
    });
    line.on(RoomEvent.LocalTrackSubscribed, () => setTimeout(send, UNTOLD_MS));
    await microphone.say(words);
    return microphone;
  }

  /** Leaves by its own will. */
  hangUp(): Promise<void> {
    this.#microphone?.off();
    return this.#line.disconnect();
  }
}

/** A token that asks for no agent. */
function plainToken(token: AccessToken, room: string, kind?: string): Promise<string> {
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  if (kind) token.kind = kind;
  return token.toJwt();
}
