// A caller without a browser, so that one machine can run many: joins like the page, speaks, and records when it spoke
// and when it heard something.
import { setTimeout as pause } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { Wav } from '@/agent/speech/pcm';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { ROOM_OPTIONS } from '@/lib/livekit/room-options';
import { until } from './bench';
import { type Exchange, exchange, LOUD } from './speech-segments';

/** Milliseconds of a microphone frame: the only size LiveKit's library accepts without a buffer. */
const FRAME_MS = 10;
/** Milliseconds of silence that are sent after speech. Then nothing is sent, as in a browser (discontinuous transmission). */
const SILENCE_MS = 500;
/** Sample rate of the microphone in Hz: that of the built-in voices. */
const RATE = 16_000;
/** Milliseconds of a frame of received audio. */
const HEARD_MS = 20;
const FRAME = (RATE * FRAME_MS) / 1_000;
/** Maximum milliseconds in the queue, and between two requests for the position. */
const LINE_MS = 30_000;
const AGAIN_MS = 500;
/** Milliseconds of silence after which the agent has finished: it pauses between sentences. */
const DONE_MS = 1_500;
/** Topic that is not read here: without a handler, each chunk would be logged. */
const UNREAD = 'lk.transcription';

/** The requested agent. */
interface Wanted {
  readonly agent: string;
  /** Display name. */
  readonly deployment: string;
}

interface Granted {
  readonly server_url: string;
  readonly participant_token: string;
}

/** A token, if necessary after waiting in the queue; undefined after {@link LINE_MS}. */
async function tokenFor(web: string, { agent, deployment }: Wanted): Promise<Granted | undefined> {
  const body = JSON.stringify({ room_config: { agents: [{ agent_name: agent, deployment }] } });
  const deadline = performance.now() + LINE_MS;
  let ticket = '';
  for (;;) {
    const headers = {
      'content-type': 'application/json',
      ...(ticket && { [TICKET_HEADER]: ticket }),
    };
    const answer = await fetch(`${web}/api/token`, { method: 'POST', headers, body });
    const told = (await answer.json()) as Granted & { line?: { ticket: string } };
    if (answer.ok) return told;
    if (!told.line) throw new Error(`POST /api/token: ${answer.status} ${JSON.stringify(told)}`);
    if (performance.now() > deadline) return undefined;
    ticket = told.line.ticket;
    await pause(AGAIN_MS);
  }
}

export class NodeCaller {
  /** Times at which the caller's own voice was loud, and the agent's. */
  readonly #spoken: number[] = [];
  readonly #heard: number[] = [];
  readonly #room = new Room();
  readonly #source = new AudioSource(RATE, 1, 0);
  #words: Int16Array[] = [];
  #on = true;

  /**
   * Starts a call and resolves once the agent is heard; undefined if the caller stayed in the queue.
   * @throws Error if no agent is heard
   */
  static async call(web: string, wanted: Wanted): Promise<NodeCaller | undefined> {
    const granted = await tokenFor(web, wanted);
    if (!granted) return undefined;
    const caller = new NodeCaller();
    try {
      await caller.#join(granted);
      await until('the greeting', () => caller.#heard.length > 0);
      return caller;
    } catch (error) {
      await caller.hangUp();
      throw error;
    }
  }

  async #join({ server_url: url, participant_token: token }: Granted): Promise<void> {
    const room = this.#room;
    room.registerTextStreamHandler(UNREAD, (reader) => void reader.close());
    room.on(RoomEvent.TrackSubscribed, (track) => void this.#listen(track));
    await room.connect(url, token, ROOM_OPTIONS);
    const track = LocalAudioTrack.createAudioTrack('microphone', this.#source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await room.localParticipant?.publishTrack(track, options);
    void this.#speak();
  }

  async #listen(track: RemoteTrack): Promise<void> {
    try {
      const options = { sampleRate: RATE, numChannels: 1, frameSizeMs: HEARD_MS };
      for await (const { data } of new AudioStream(track, options)) {
        if (data.some((sample) => Math.abs(sample) > LOUD)) this.#heard.push(Date.now());
      }
    } catch {
      // The call has ended.
    }
  }

  async #speak(): Promise<void> {
    let due = performance.now();
    for (let silent = 0; this.#on; ) {
      const words = this.#words.shift();
      silent = words ? 0 : silent + FRAME_MS;
      if (silent <= SILENCE_MS) {
        const frame = words ?? new Int16Array(FRAME);
        const loud = frame.some((sample) => Math.abs(sample) > LOUD);
        if (loud) this.#spoken.push(Date.now());
        await this.#source.captureFrame(new AudioFrame(frame, RATE, 1, FRAME));
      }
      // Late frames are sent at once to catch up, like frames of a microphone.
      due = silent > SILENCE_MS ? performance.now() + FRAME_MS : due + FRAME_MS;
      await pause(Math.max(0, due - performance.now()));
    }
    await this.#source.close();
  }

  /** Waits until the agent has finished speaking. */
  finished(): Promise<boolean> {
    return until('the end of the answer', () => Date.now() - (this.#heard.at(-1) ?? 0) > DONE_MS);
  }

  /** Asks a question by voice and waits until the answer has ended; undefined if there was none. */
  async asks({ data }: Wav): Promise<Exchange | undefined> {
    const samples = new Int16Array(data.buffer, data.byteOffset, data.byteLength >> 1);
    const since = Date.now();
    for (let from = 0; from < samples.length; from += FRAME) {
      const frame = new Int16Array(FRAME);
      frame.set(samples.subarray(from, from + FRAME));
      this.#words.push(frame);
    }
    await until('the end of the question', () => this.#words.length === 0);
    const asked = Date.now();
    const heard = until('an answer', () => (this.#heard.at(-1) ?? 0) > asked);
    if (!(await heard.catch(() => false))) return undefined;
    await this.finished();
    return exchange(this.#spoken, this.#heard, since);
  }

  async hangUp(): Promise<void> {
    this.#on = false;
    await this.#room.disconnect();
  }
}
