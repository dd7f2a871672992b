// The caller of tests: joins a room like the page, records what the agent sends, and types and speaks.
import { randomUUID } from 'node:crypto';
import {
  AudioStream,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  RoomEvent,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { vi } from 'vitest';
import { fromPcm16, parseWav } from '@/agent/speech/pcm';
import { withTimeout } from '@/lib/core/wait';
import { mintToken } from '@/lib/dispatch/tokens';
import {
  AGENT_ATTRIBUTES,
  agentNameOf,
  FAILOVER_TOPIC,
  failoverSignal,
  HEARTBEAT_TOPIC,
} from '@/lib/livekit/attributes';
import { ROOM_OPTIONS } from '@/lib/livekit/room-options';
import type { TestLiveKitServer } from '@/lib/testing/livekit-server';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';
import { Caller } from '@/scripts/test-caller/caller';
import type { Microphone } from '@/scripts/test-caller/microphone';

/** LiveKit's topics for transcriptions and for chat messages. */
const TRANSCRIPTION_TOPIC = 'lk.transcription';
const CHAT_TOPIC = 'lk.chat';

/** Sample value (of 32767) that background noise does not reach and any word does. */
const LOUD = 1_000;

/** How to join. */
export interface JoinOptions {
  /** The caller's room, unless a new one. */
  readonly room?: string;
  /** A token with everything else, instead of one that is made here. */
  readonly token?: string;
  readonly identity?: string;
  readonly attributes?: Record<string, string>;
  readonly deployment?: string;
  readonly listens?: boolean;
  readonly kind?: 'standard' | 'sip' | 'egress' | 'ingress' | 'agent';
}

/** One caller, in a new room by default. */
export class TestCaller extends Caller {
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
  readonly positions: number[] = [];
  leaving: string | undefined;
  leftAt = Number.NaN;

  private constructor(
    url: string,
    readonly identity: string,
    listens: boolean,
  ) {
    super(url, { ...ROOM_OPTIONS, autoSubscribe: listens });
  }

  /** Joins with a token that dispatches an agent, or none; the agent joins when the caller joins. */
  static override async call(
    env: TestLiveKitServer['env'],
    name: string | undefined,
    { deployment = 'production', listens = true, ...joining }: JoinOptions = {},
  ) {
    const { room = `call-${randomUUID()}`, identity = 'caller', attributes = {} } = joining;
    const caller = new TestCaller(env.LIVEKIT_URL, identity, listens);
    const agent = name && { name, deployment, metadata: '' };
    const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
    const who = { identity, attributes };
    const made = () =>
      agent
        ? mintToken({ room, ...who, agent }, key, secret)
        : plainToken(new AccessToken(key, secret, who), room, joining.kind);
    await caller.connect(joining.token ?? (await made()));
    return caller;
  }

  get room(): string {
    return this.rooms.at(-1) ?? '';
  }

  protected override observe(line: Room): void {
    const agentOf = (identity = '') => this.agents().find((agent) => agent.identity === identity);
    line.registerTextStreamHandler(TRANSCRIPTION_TOPIC, async (reader, { identity }) => {
      await this.connected;
      if (identity === this.identity) return reader.close();
      // Words may arrive before LiveKit tells of who said them.
      const isKnown = () => line.remoteParticipants.has(identity);
      await vi.waitUntil(isKnown, TIMEOUT_MS).catch(() => {});
      const agent = agentOf(identity);
      if (!agent) return reader.close();
      // Agents that were not written for Callboard have no display name.
      const person = agent.name || agentNameOf(agent.attributes);
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
        if (word.kind === 'queued') this.positions.push(word.position);
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

  /** Number of other participants who are not agents. */
  people(): number {
    return this.connection.remoteParticipants.size - this.agents().length;
  }

  agentNames(): string[] {
    return this.agents()
      .map(({ attributes }) => attributes[AGENT_ATTRIBUTES.agent] ?? '')
      .sort();
  }

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

  async worker(): Promise<string | undefined> {
    return (await this.answered())[AGENT_ATTRIBUTES.worker];
  }

  async type(text: string): Promise<void> {
    await this.connection.localParticipant?.sendText(text, { topic: CHAT_TOPIC });
  }

  /** Sends a data packet to everybody, as no page does. */
  async sends(topic: string, text: string): Promise<void> {
    const data = new TextEncoder().encode(text);
    await this.connection.localParticipant?.publishData(data, { reliable: true, topic });
  }

  /**
   * Turns the microphone on. Resolves once it is subscribed, as earlier speech is lost.
   * @param speech address of the speech server, up to and including `/v1`
   */
  async speaks(speech: string): Promise<Speaker> {
    const subscribed = new Promise((resolve) => {
      this.connection.once(RoomEvent.LocalTrackSubscribed, resolve);
    });
    await this.turnMicrophoneOn({});
    await withTimeout(TIMEOUT_MS, subscribed);
    return new Speaker(this.microphone, speech);
  }

  /** Speaks before an agent is present; `sends` the recording to the first one, like the page. */
  async speaksAtOnce(speech: string, words: string, sends = true): Promise<Speaker> {
    await this.turnMicrophoneOn({ atOnce: true }, sends);
    const speaker = new Speaker(this.microphone, speech);
    await speaker.say(words);
    return speaker;
  }
}

/** A microphone that is on, and silent until something is said. */
export class Speaker {
  #last = Promise.resolve();

  constructor(
    private readonly microphone: Microphone,
    private readonly speech: string,
  ) {}

  /** Begins to say something with the speech server's voice, after everything before. */
  async say(input: string): Promise<void> {
    const answer = await fetch(`${this.speech}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'flite', voice: 'rms', input, response_format: 'wav' }),
    });
    if (!answer.ok) throw new Error(`the speech server answered ${answer.status}`);
    this.play(fromPcm16(parseWav(new Uint8Array(await answer.arrayBuffer())).data));
  }

  /** Begins to play audio at the rate of the built-in voices, after everything before. */
  play(sound: Float32Array): void {
    this.#last = this.microphone.play(sound);
    // A test that does not wait for the end need not care how it ended.
    this.#last.catch(() => undefined);
  }

  said(): Promise<void> {
    return this.#last;
  }
}

function plainToken(token: AccessToken, room: string, kind?: string): Promise<string> {
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  if (kind) token.kind = kind;
  return token.toJwt();
}
