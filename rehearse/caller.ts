// A caller in a room: joins as the page does, with a mouth and an ear for each agent, goes where an
// agent leads, and knows who has the word and whether it is being listened to.
import {
  ParticipantKind,
  type RemoteParticipant,
  type RemoteTrack,
  Room,
  RoomEvent,
} from '@livekit/rtc-node';
import { withTimeout } from '../lib/core/wait';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  agentNameOf,
  MOVE_METHOD,
  moveOrder,
} from '../lib/livekit/attributes';
import { HEARD_TOPIC } from '../lib/livekit/pre-connect-audio';
import { ROOM_OPTIONS } from '../lib/livekit/room-options';
import type { RehearsalCaller } from '../lib/simulations/rehearsal';
import { Ear, type Stretch } from './ear';
import { Mouth } from './mouth';

/** Topics that nobody here reads: without a reader, each piece would be logged. */
const UNREAD = { text: 'lk.transcription', bytes: 'lk.agent.session' };
/** Milliseconds that words are still kept once the agent says that it hears, or once it is there. */
const OVERLAP_MS = 300;
const UNTOLD_MS = 1_000;
/** Milliseconds of quiet after which an agent that says it listens has finished; and one that says nothing. */
const DONE_MS = 600;
const UNTOLD_DONE_MS = 1_500;
/** Milliseconds in which an agent that is there greets; one that has said nothing waits for the caller. */
const UNGREETED_MS = 10_000;
/** Milliseconds for LiveKit's client to join, to publish or to leave: a limit, not a goal. */
const CLIENT_MS = 15_000;

/** Does what LiveKit's client may never end. @throws Error in words, where it does not */
async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await withTimeout(CLIENT_MS, work);
  } catch (error) {
    throw new Error(`The caller could not ${what}: ${(error as Error).message}`);
  }
}

/** Where to join, and with what. */
export interface Admission {
  readonly url: string;
  readonly token: string;
}

export class Caller {
  readonly mouth: Mouth;
  /** When it was in the room: milliseconds since 1970. */
  joinedAt = Number.NaN;
  /** Rooms it was in, by name. */
  readonly rooms: string[] = [];
  readonly #ears: Ear[] = [];
  /** When the first agent could be heard: milliseconds since 1970. */
  #answeredAt = Number.NaN;
  readonly #url: string;
  #room = new Room();
  #left = false;

  private constructor(manner: RehearsalCaller, url: string) {
    this.mouth = new Mouth(manner, manner.atOnce);
    this.#url = url;
  }

  /** Joins, with the microphone on. @throws where it cannot */
  static async join({ url, token }: Admission, manner: RehearsalCaller): Promise<Caller> {
    const caller = new Caller(manner, url);
    await caller.#join(token, manner.atOnce);
    return caller;
  }

  async #join(token: string, handsOver: boolean): Promise<void> {
    const room = new Room();
    this.#room = room;
    room.registerTextStreamHandler(UNREAD.text, (reader) => void reader.close());
    room.registerByteStreamHandler(UNREAD.bytes, (reader) => void reader.close());
    room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack, _, { kind }) => {
      if (kind !== ParticipantKind.AGENT) return;
      if (this.#ears.length === 0) this.#answeredAt = Date.now();
      const ear = new Ear();
      this.#ears.push(ear);
      void ear.listen(track);
    });
    if (handsOver) this.#handOverIn(room);
    const joining = room.connect(this.#url, token, ROOM_OPTIONS);
    await inTime('join the call', joining);
    if (Number.isNaN(this.joinedAt)) this.joinedAt = Date.now();
    if (room.name) this.rooms.push(room.name);
    room.localParticipant?.registerRpcMethod(MOVE_METHOD, async ({ payload }) => {
      const order = moveOrder.parse(JSON.parse(payload));
      setImmediate(() => {
        this.#follow(order.token).catch((error: Error) => {
          // Nothing more is heard: that fails its rehearsal, and no other.
          process.stderr.write(`A caller could not follow its agent: ${error.message}\n`);
        });
      });
      return 'moving';
    });
    await inTime('turn its microphone on', this.mouth.publish(room));
  }

  /** Goes where an agent leads; not where the caller has hung up by then. */
  async #follow(token: string): Promise<void> {
    try {
      await this.#leave();
      if (!this.#left) await this.#join(token, false);
    } finally {
      if (this.#left) await this.#leave();
    }
  }

  /** Sends the first agent what was said before, as the page does. */
  #handOverIn(room: Room): void {
    const send = () => {
      const agent = this.#agents()[0];
      if (agent) void this.mouth.handOver(room, agent.identity);
    };
    room.on(RoomEvent.DataReceived, (_, __, ___, topic) => {
      if (topic === HEARD_TOPIC) setTimeout(send, OVERLAP_MS);
    });
    room.on(RoomEvent.LocalTrackSubscribed, () => setTimeout(send, UNTOLD_MS));
  }

  #agents(): RemoteParticipant[] {
    const others = [...this.#room.remoteParticipants.values()];
    return others.filter(({ kind }) => kind === ParticipantKind.AGENT);
  }

  /** The agent that has the word. */
  #speaker(): RemoteParticipant | undefined {
    const agents = this.#agents();
    const { waiting, leaving } = AGENT_ATTRIBUTES;
    const here = agents.filter(({ attributes }) => !attributes[waiting] && !attributes[leaving]);
    return here.at(-1) ?? agents.at(-1);
  }

  /** Its name; empty where nobody is there. */
  get agent(): string {
    return agentNameOf(this.#speaker()?.attributes ?? {});
  }

  /** Version that it says it is; undefined where it says nothing. */
  get version(): string | undefined {
    return this.#speaker()?.attributes[AGENT_ATTRIBUTES.version];
  }

  /** Whether an agent could ever be heard. */
  get answered(): boolean {
    return this.#ears.length > 0;
  }

  /** Whether nobody is there at the moment. */
  get alone(): boolean {
    return this.#agents().length === 0;
  }

  /** When an agent was last heard; NaN where none was. */
  get heardAt(): number {
    const all = this.#ears.map(({ lastAt }) => lastAt).filter((at) => !Number.isNaN(at));
    return all.length > 0 ? Math.max(...all) : Number.NaN;
  }

  /** Whether the agent has said all: it is quiet, and says that it listens where it says such things. */
  get finished(): boolean {
    // Some agents wait for the caller's first word.
    if (Number.isNaN(this.heardAt)) return Date.now() - this.#answeredAt > UNGREETED_MS;
    const quietMs = Date.now() - this.heardAt;
    const state = this.#speaker()?.attributes[AGENT_STATE_ATTRIBUTE];
    if (state === undefined) return quietMs > UNTOLD_DONE_MS;
    return state === 'listening' && quietMs > DONE_MS;
  }

  /** What was heard of all agents from that moment on, in order. */
  stretches(since: number): Stretch[] {
    return this.#ears
      .flatMap((ear) => ear.stretches(since))
      .sort((one, other) => one.from - other.from);
  }

  /** Forgets what was heard before. */
  forgetBefore(at: number): void {
    for (const ear of this.#ears) ear.forgetBefore(at);
  }

  #leave = () => inTime('leave the room', this.#room.disconnect());

  /** Leaves. @throws Error in words, where it cannot: its room has to be ended */
  async hangUp(): Promise<void> {
    this.#left = true;
    this.mouth.off();
    await this.#leave();
  }
}
