// A caller without a browser: of simulations, of tests and of the bench. It joins as the page does, with a microphone and a
// listener for each agent, follows an agent to another room, and knows which agent is active and whether it listens.
import {
  AudioStream,
  ParticipantKind,
  type RemoteParticipant,
  type RemoteTrack,
  Room,
  RoomEvent,
} from '@livekit/rtc-node';
import { fromPcm16 } from '@/agent/speech/pcm';
import { logError } from '@/lib/core/log';
import { withholdProxy } from '@/lib/core/outbound-proxy';
import { withTimeout } from '@/lib/core/wait';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  agentNameOf,
  MOVE_METHOD,
  moveOrder,
} from '@/lib/livekit/attributes';
import { LIVE_AUDIO_TOPIC } from '@/lib/livekit/pre-connect-audio';
import { ROOM_OPTIONS } from '@/lib/livekit/room-options';
import { type CallerAudio, Microphone } from '@/scripts/test-caller/microphone';
import { joined, LOUD, quiet, RATE, stretches } from '@/scripts/test-caller/sounds';
import type { CallPermission } from '@/scripts/test-caller/target';

const PAUSE_MS = 700;
/** Milliseconds kept around a segment, because words begin and end softly. */
const AROUND_MS = 160;

interface Frame {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: Int16Array;
  readonly loud: boolean;
}

interface SpeechSegment {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly sound: Float32Array;
}

/** What a caller hears of one agent: audio with its times. */
class AgentListener {
  #frames: Frame[] = [];

  /** When it was last audible; NaN if never. */
  lastAt = Number.NaN;

  async listen(track: RemoteTrack): Promise<void> {
    try {
      for await (const { data } of new AudioStream(track, RATE, 1)) {
        const loud = data.some((sample) => Math.abs(sample) > LOUD);
        const at = Date.now();
        if (loud) this.lastAt = at;
        this.#frames.push({ at, data: data.slice(), loud });
      }
    } catch {
      // The call has ended.
    }
  }

  forgetBefore(at: number): void {
    this.#frames = this.#frames.filter((frame) => frame.at >= at);
  }

  segments(since: number): SpeechSegment[] {
    const frames = this.#frames.filter(({ at }) => at >= since);
    const audible = frames.filter(({ loud }) => loud).map(({ at }) => at);
    return stretches(audible, PAUSE_MS).map(({ from, to }) => ({
      from,
      sound: soundOf(frames, from - AROUND_MS, to + AROUND_MS),
    }));
  }
}

/** The audio between two moments with some silence around it, which improves recognition. */
function soundOf(frames: readonly Frame[], from: number, to: number): Float32Array {
  const parts = frames
    .filter(({ at }) => at >= from && at <= to)
    .map(({ data }) => fromPcm16(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  return joined([quiet(AROUND_MS), ...parts, quiet(AROUND_MS)]);
}

/** Topics without a reader here; without a handler, LiveKit's client would log each chunk. */
const UNREAD = { text: 'lk.transcription', bytes: 'lk.agent.session' };
/** Milliseconds for which pre-connect audio is kept after the agent says that it hears; and after it joined without saying so. */
const OVERLAP_MS = 300;
const UNREPORTED_MS = 1_000;
/** Milliseconds of silence after which a listening agent has finished; and one that reports no state. */
const DONE_MS = 600;
const UNREPORTED_DONE_MS = 1_500;
/** Milliseconds within which an agent greets; one that has said nothing waits for the caller. */
const UNGREETED_MS = 10_000;
/** Timeout in milliseconds for LiveKit's client to join, publish or leave. */
const CLIENT_MS = 15_000;

/** Runs an operation of LiveKit's client that may never end. @throws Error with a readable message on a timeout */
async function withLimit<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await withTimeout(CLIENT_MS, work);
  } catch (error) {
    throw new Error(`The caller could not ${what}: ${(error as Error).message}`);
  }
}

export class Caller {
  joinedAt = Number.NaN;
  readonly rooms: string[] = [];
  readonly #listeners: AgentListener[] = [];
  /** When the first agent was audible, in milliseconds since 1970. */
  #answeredAt = Number.NaN;
  #microphone: Microphone | undefined;
  /** The connection to the room: another one after a move. */
  protected connection = new Room();
  /** Resolves once it is connected, with its participants. */
  protected connected = Promise.resolve();
  #left = false;

  protected constructor(
    private readonly url: string,
    private readonly options = ROOM_OPTIONS,
  ) {}

  /** Joins with the microphone on. @throws if that fails */
  static async join(
    { url, token }: Pick<CallPermission, 'url' | 'token'>,
    audio: CallerAudio = {},
  ): Promise<Caller> {
    const caller = new Caller(url);
    await caller.connect(token);
    await caller.turnMicrophoneOn(audio);
    return caller;
  }

  /** Joins a room: the first, or one that the agent has moved to. */
  protected async connect(token: string): Promise<void> {
    withholdProxy(this.url);
    const room = new Room();
    this.connection = room;
    room.registerByteStreamHandler(UNREAD.bytes, (reader) => void reader.close());
    this.observe(room);
    this.connected = withLimit('join the call', room.connect(this.url, token, this.options));
    await this.connected;
    if (Number.isNaN(this.joinedAt)) this.joinedAt = Date.now();
    if (room.name) this.rooms.push(room.name);
    room.localParticipant?.registerRpcMethod(MOVE_METHOD, async ({ payload }) => {
      const order = moveOrder.parse(JSON.parse(payload));
      setImmediate(() => {
        this.#follow(order.token).catch((error: unknown) => {
          // Nothing more is heard, which fails only this call.
          logError('A caller could not follow its agent', error);
        });
      });
      return 'moving';
    });
    if (this.#microphone) await this.#publish(this.#microphone);
  }

  /** Registers handlers of a room before the caller has joined it: here, listens to each agent. */
  protected observe(room: Room): void {
    room.registerTextStreamHandler(UNREAD.text, (reader) => void reader.close());
    room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack, _, { kind }) => {
      if (kind !== ParticipantKind.AGENT) return;
      if (this.#listeners.length === 0) this.#answeredAt = Date.now();
      const listener = new AgentListener();
      this.#listeners.push(listener);
      void listener.listen(track);
    });
  }

  /**
   * Turns the microphone on, in place of an earlier one: an agent that joins hears either of two.
   * @param sends whether a caller who speaks at once sends the first agent what it has missed, like the page
   */
  protected async turnMicrophoneOn(audio: CallerAudio, sends = true): Promise<void> {
    const earlier = this.#microphone?.remove(this.connection);
    if (earlier) await withLimit('turn its earlier microphone off', earlier);
    const microphone = new Microphone(audio);
    this.#microphone = microphone;
    if (audio.atOnce && sends) this.#sendPreConnectAudio(microphone);
    await this.#publish(microphone);
  }

  #publish = (microphone: Microphone) =>
    withLimit('turn its microphone on', microphone.publish(this.connection));

  /** The microphone. @throws before it is turned on */
  get microphone(): Microphone {
    if (!this.#microphone) throw new Error('The microphone is off.');
    return this.#microphone;
  }

  /** Follows an agent to another room, unless the caller has hung up. */
  async #follow(token: string): Promise<void> {
    try {
      await this.#leave();
      if (!this.#left) await this.connect(token);
    } finally {
      if (this.#left) await this.#leave();
    }
  }

  /** Sends the pre-connect audio to the first agent, as the page does. */
  #sendPreConnectAudio(microphone: Microphone): void {
    const room = this.connection;
    const send = () => {
      const agent = this.agents()[0];
      if (agent) void microphone.sendPreConnectAudio(room, agent.identity);
    };
    room.on(RoomEvent.DataReceived, (_, __, ___, topic) => {
      if (topic === LIVE_AUDIO_TOPIC) setTimeout(send, OVERLAP_MS);
    });
    room.on(RoomEvent.LocalTrackSubscribed, () => setTimeout(send, UNREPORTED_MS));
  }

  agents(): RemoteParticipant[] {
    const others = [...this.connection.remoteParticipants.values()];
    return others.filter(({ kind }) => kind === ParticipantKind.AGENT);
  }

  #speaker(): RemoteParticipant | undefined {
    const agents = this.agents();
    const { waiting, leaving } = AGENT_ATTRIBUTES;
    const here = agents.filter(
      ({ attributes }) => attributes[waiting] !== 'yes' && !attributes[leaving],
    );
    return here.at(-1) ?? agents.at(-1);
  }

  get agentName(): string {
    return agentNameOf(this.#speaker()?.attributes ?? {});
  }

  /** The version that it reports; undefined if it reports none. */
  get version(): string | undefined {
    return this.#speaker()?.attributes[AGENT_ATTRIBUTES.version];
  }

  get isAnswered(): boolean {
    return this.#listeners.length > 0;
  }

  get alone(): boolean {
    return this.agents().length === 0;
  }

  /** When an agent was last audible; NaN if none was. */
  get heardAt(): number {
    const all = this.#listeners.map(({ lastAt }) => lastAt).filter((at) => !Number.isNaN(at));
    return all.length > 0 ? Math.max(...all) : Number.NaN;
  }

  /** Whether the agent has finished: it is silent and, if it reports states, listens. */
  get finished(): boolean {
    // Some agents wait for the caller to speak first.
    if (Number.isNaN(this.heardAt)) return Date.now() - this.#answeredAt > UNGREETED_MS;
    const quietMs = Date.now() - this.heardAt;
    const state = this.#speaker()?.attributes[AGENT_STATE_ATTRIBUTE];
    if (state === undefined) return quietMs > UNREPORTED_DONE_MS;
    return state === 'listening' && quietMs > DONE_MS;
  }

  /** Audio of all agents from that moment on, in order. */
  segments(since: number): SpeechSegment[] {
    return this.#listeners
      .flatMap((listener) => listener.segments(since))
      .sort((one, other) => one.from - other.from);
  }

  forgetBefore(at: number): void {
    for (const listener of this.#listeners) listener.forgetBefore(at);
  }

  #leave = () => withLimit('leave the room', this.connection.disconnect());

  /** Leaves. @throws Error with a readable message if it cannot: the room must then be ended */
  async hangUp(): Promise<void> {
    this.#left = true;
    this.#microphone?.off();
    await this.#leave();
  }
}
