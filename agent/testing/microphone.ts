// A caller's microphone for tests: speaks with the speech server's voice, with silence in between.
import { setTimeout as pause } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { vi } from 'vitest';
import { waitFor } from '../../lib/testing/wait-for';
import { PRE_CONNECT_TOPIC } from '../audio/receive';
import { TIMEOUT_MS } from './timeout';

/** Sample rate of raw audio: fixed by the OpenAI API. */
export const MICROPHONE_RATE = 24_000;
const FRAME_MS = 20;
/** Samples of a frame. */
const FRAME = (MICROPHONE_RATE * FRAME_MS) / 1_000;

/** Milliseconds of silence that the source buffers, which delays speech by as much. */
const AHEAD_MS = 200;
/**
 * Capacity of the source in milliseconds: more than anybody says at once. It buffers whole sentences and plays them on
 * its own thread, so that a test that is blocked for a moment causes no gap.
 */
const CAPACITY_MS = 60_000;

/** A microphone that is on, and silent until something is said. */
export class Microphone {
  readonly #source = new AudioSource(MICROPHONE_RATE, 1, CAPACITY_MS);
  /** Everything it has captured since it was turned on, if it records. */
  readonly #kept: Int16Array[] = [];
  #words: Int16Array[] = [];
  #on = true;
  #sid = '';

  /** @param speech address of the speech server, up to and including `/v1` */
  private constructor(
    readonly speech: string,
    private keeps: boolean,
  ) {}

  /**
   * Resolves once it is subscribed; earlier speech is lost, unless it is recorded.
   * @param keeps whether to record what is said before anybody subscribes, like the page's
   *   microphone
   */
  static async on(room: Room, speech: string, keeps = false): Promise<Microphone> {
    const microphone = new Microphone(speech, keeps);
    const track = LocalAudioTrack.createAudioTrack('microphone', microphone.#source);
    const options = new TrackPublishOptions({
      source: TrackSource.SOURCE_MICROPHONE,
      preconnectBuffer: keeps,
    });
    let heard = keeps;
    room.once(RoomEvent.LocalTrackSubscribed, () => {
      heard = true;
    });
    const published = await room.localParticipant?.publishTrack(track, options);
    microphone.#sid = published?.sid ?? '';
    void microphone.#run();
    await waitFor('somebody to hear the microphone', () => heard, TIMEOUT_MS);
    return microphone;
  }

  /** Says something after everything queued before. */
  async say(input: string): Promise<void> {
    const answer = await fetch(`${this.speech}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'flite', voice: 'rms', input, response_format: 'pcm' }),
    });
    if (!answer.ok) throw new Error(`the speech server answered ${answer.status}`);
    this.play(new Int16Array(await answer.arrayBuffer()));
  }

  /** Plays audio at {@link MICROPHONE_RATE} after everything queued before. */
  play(samples: Int16Array): void {
    for (let from = 0; from < samples.length; from += FRAME) {
      const frame = new Int16Array(FRAME);
      frame.set(samples.subarray(from, from + FRAME));
      this.#words.push(frame);
    }
  }

  /** Waits until everything queued has been captured. */
  async said(): Promise<void> {
    await vi.waitFor(() => {
      if (this.#words.length > 0 || this.#source.queuedDuration > AHEAD_MS) {
        throw new Error('still speaking');
      }
    }, TIMEOUT_MS);
  }

  /** Sends the recording to an agent, once, as LiveKit's mobile clients do: raw samples. */
  async handOver(room: Room, agent: string): Promise<void> {
    if (!this.keeps) return;
    this.keeps = false;
    // The source buffers audio.
    const ahead = Math.round((this.#source.queuedDuration * MICROPHONE_RATE) / 1_000);
    const all = Int16Array.from(this.#kept.flatMap((frame) => [...frame]));
    const samples = all.slice(0, all.length - ahead);
    const stream = await room.localParticipant?.streamBytes({
      topic: PRE_CONNECT_TOPIC,
      mimeType: 'audio/pcm',
      destinationIdentities: [agent],
      attributes: { trackId: this.#sid, sampleRate: `${MICROPHONE_RATE}`, channels: '1' },
    });
    await stream?.write(new Uint8Array(samples.buffer));
    await stream?.close();
  }

  off(): void {
    this.#on = false;
  }

  async #run(): Promise<void> {
    while (this.#on) {
      const words = this.#words.shift();
      if (!words && this.#source.queuedDuration >= AHEAD_MS) {
        await pause(FRAME_MS);
        continue;
      }
      const frame = words ?? new Int16Array(FRAME);
      if (this.keeps) this.#kept.push(frame);
      await this.#source.captureFrame(new AudioFrame(frame, MICROPHONE_RATE, 1, FRAME));
    }
    this.#source.clearQueue();
    await this.#source.close();
  }
}
