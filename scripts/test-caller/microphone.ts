// A caller's microphone: plays audio into the call in real time, with background noise and the effects of a bad
// connection.
import { setTimeout as pause } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { PRE_CONNECT_TOPIC } from '@/agent/audio/receive';
import { toPcm16 } from '@/agent/speech/pcm';
import { withTimeout } from '@/lib/core/wait';
import { RATE, street } from '@/scripts/test-caller/sounds';

/** Frames a second, and milliseconds and samples of a frame. */
const FRAMES = 50;
const FRAME_MS = 1_000 / FRAMES;
const FRAME = RATE / FRAMES;
/** Milliseconds of silence or background noise that the source buffers, which delays speech by as much. */
const AHEAD_MS = 300;
/**
 * Capacity of the source in milliseconds: more than anybody says at once. It buffers whole sentences and plays them on
 * its own thread, so that nothing that blocks this process, such as speech recognition, causes a gap.
 */
const CAPACITY_MS = 60_000;
/** Sample value (of 1) that is part of a word: -46 dBFS. */
const AUDIBLE = 0.005;
/** How many times longer than its audio a playback may take on a bad connection, and milliseconds on top. */
const SLOWEST = 3;
const STILL_MS = 10_000;
/** Share of frames before which a connection with jitter pauses. */
const STALLS = 0.02;

/** The audio of a caller; by default in a quiet place, at the voice's loudness, on a good connection. */
export interface CallerAudio {
  readonly background?: 'quiet' | 'street';
  /** 1 is as loud as the agent. */
  readonly loudness?: number;
  /** Audio packets that are lost or delayed. */
  readonly badLine?: { readonly lostPercent: number; readonly jitterMs: number } | undefined;
  /** Whether the caller speaks before the agent has joined. */
  readonly atOnce?: boolean;
}

export class Microphone {
  /** When the first and last audible samples since {@link play} were sent, in milliseconds since 1970. */
  from = Number.NaN;
  to = Number.NaN;
  readonly #source = new AudioSource(RATE, 1, CAPACITY_MS);
  readonly #behind: ((samples: number) => Float32Array) | undefined;
  /** All sent audio, if it is needed as pre-connect audio. */
  #kept: Int16Array[] | undefined;
  #frames: Float32Array[] = [];
  #stalled = 0;
  readonly #stopping = new AbortController();
  #sid = '';
  #said: (() => void)[] = [];

  constructor(private readonly audio: CallerAudio) {
    this.#behind = audio.background === 'street' ? street() : undefined;
    this.#kept = audio.atOnce ? [] : undefined;
  }

  /** Publishes it in a room: the first, or one that the caller moved to. */
  async publish(room: Room): Promise<void> {
    const first = this.#sid === '';
    const track = LocalAudioTrack.createAudioTrack('microphone', this.#source);
    const options = new TrackPublishOptions({
      source: TrackSource.SOURCE_MICROPHONE,
      preconnectBuffer: this.#kept !== undefined,
    });
    const published = await room.localParticipant?.publishTrack(track, options);
    this.#sid = published?.sid ?? 'unknown';
    if (first) void this.#run();
  }

  /** Plays audio after everything played before. Resolves when all of it was sent. */
  async play(sound: Float32Array): Promise<void> {
    this.from = Number.NaN;
    this.to = Number.NaN;
    for (let at = 0; at < sound.length; at += FRAME) {
      const frame = new Float32Array(FRAME);
      frame.set(sound.subarray(at, at + FRAME));
      this.#frames.push(frame);
    }
    const said = new Promise<void>((done) => this.#said.push(done));
    const limitMs = STILL_MS + (SLOWEST * sound.length * 1_000) / RATE;
    await withTimeout(limitMs, said).catch(() => {
      throw new Error('The caller could not speak: its microphone is blocked.');
    });
    // All of it was buffered, ahead of time.
    const { signal } = this.#stopping;
    const leftMs = this.to - Date.now();
    if (leftMs > 0) await pause(leftMs, undefined, { signal }).catch(() => undefined);
  }

  /** Sends the pre-connect audio to an agent, once, as LiveKit's mobile clients do. */
  async sendPreConnectAudio(room: Room, agent: string): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    this.#kept = undefined;
    const ahead = Math.ceil(this.#source.queuedDuration / FRAME_MS);
    const frames = kept.slice(0, Math.max(0, kept.length - ahead));
    const samples = new Int16Array(frames.length * FRAME);
    for (const [at, frame] of frames.entries()) samples.set(frame, at * FRAME);
    const stream = await room.localParticipant?.streamBytes({
      topic: PRE_CONNECT_TOPIC,
      mimeType: 'audio/pcm',
      destinationIdentities: [agent],
      attributes: { trackId: this.#sid, sampleRate: `${RATE}`, channels: '1' },
    });
    await stream?.write(new Uint8Array(samples.buffer));
    await stream?.close();
  }

  off(): void {
    this.#stopping.abort();
  }

  /** Turns it off and takes it out of the room. */
  async remove(room: Room): Promise<void> {
    this.off();
    await room.localParticipant?.unpublishTrack(this.#sid);
  }

  #next(): Float32Array {
    const { badLine, loudness = 1 } = this.audio;
    const silent = new Float32Array(FRAME);
    if (this.#stalled > 0) {
      this.#stalled -= 1;
      return silent;
    }
    const waits = badLine && badLine.jitterMs > 0 && this.#frames.length > 0;
    if (waits && Math.random() < STALLS) {
      this.#stalled = Math.round((Math.random() * badLine.jitterMs * FRAMES) / 1_000);
    }
    const frame = this.#frames.shift() ?? silent;
    const behind = this.#behind?.(FRAME) ?? silent;
    if (badLine && Math.random() * 100 < badLine.lostPercent) return silent;
    return frame.map((sample, at) => sample * loudness + (behind[at] ?? 0));
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (this.#frames.length === 0 && this.#source.queuedDuration >= AHEAD_MS) {
        await pause(FRAME_MS);
        continue;
      }
      const speaks = this.#frames.some((frame) => frame.some((one) => Math.abs(one) > AUDIBLE));
      const loud = this.#frames[0]?.some((one) => Math.abs(one) > AUDIBLE);
      const data = new Int16Array(toPcm16(this.#next()).buffer);
      this.#kept?.push(data);
      await this.#source.captureFrame(new AudioFrame(data, RATE, 1, FRAME));
      if (loud) {
        this.to = Date.now() + this.#source.queuedDuration;
        if (Number.isNaN(this.from)) this.from = this.to - FRAME_MS;
      }
      if (!speaks && this.#frames.length === 0) this.#finish();
    }
    this.#finish();
    this.#source.clearQueue();
    await this.#source.close();
  }

  #finish(): void {
    for (const done of this.#said.splice(0)) done();
  }
}
