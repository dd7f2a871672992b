// What the agent hears of a sound, in the sound's own time: the framework's voice activity model, and
// the worker's speech to text with the model of the speech server behind it.
import { createHash } from 'node:crypto';
import { inference, type VADEvent, VADEventType } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { Listener, type Segment } from '../../agent/speech/listener';
import { MOONSHINE_RATE, type Moonshine } from '../../agent/speech/moonshine';
import { fromPcm16 } from '../../agent/speech/pcm';
import { WINDOW_SAMPLES } from '../../agent/speech/segmenter';
import type { SoundClock } from './clock';

/** Milliseconds of speech with which voice activity begins, and of silence after which it ends. */
export interface VadTimes {
  readonly minSpeechDuration?: number;
  readonly minSilenceDuration: number;
}

/** All events of a sound, by the window at whose end they came. */
export async function voiceActivity(sound: Int16Array, times: VadTimes): Promise<VADEvent[][]> {
  const stream = new inference.VAD({ model: 'silero', ...times }).stream();
  const windows = Math.floor(sound.length / WINDOW_SAMPLES);
  const data = sound.subarray(0, windows * WINDOW_SAMPLES);
  stream.pushFrame(new AudioFrame(data, MOONSHINE_RATE, 1, data.length));
  // One more, so that what belongs to the last window has come when the count is full.
  stream.pushFrame(
    new AudioFrame(new Int16Array(WINDOW_SAMPLES), MOONSHINE_RATE, 1, WINDOW_SAMPLES),
  );
  const events: VADEvent[][] = [];
  for await (const event of stream) {
    if (event.type === VADEventType.INFERENCE_DONE) {
      if (events.length === windows) break;
      events.push([]);
    }
    events.at(-1)?.push(event);
  }
  stream.close();
  return events;
}

/** The recogniser; what it heard once it is not asked again. */
export class Recogniser {
  readonly #known = new Map<string, { value: string; cost: number }>();

  constructor(private readonly moonshine: Moonshine) {}

  /** The words of a sound, and the milliseconds of processor time they cost. */
  async hear(sound: Int16Array): Promise<{ value: string; cost: number }> {
    const key = createHash('sha1').update(new Uint8Array(sound.buffer)).digest('hex');
    const known = this.#known.get(key);
    if (known) return known;
    const before = process.cpuUsage();
    const value = await this.moonshine.transcribe(
      fromPcm16(new Uint8Array(sound.buffer)),
      new AbortController().signal,
    );
    const { user, system } = process.cpuUsage(before);
    const heard = { value: value.trim(), cost: (user + system) / 1_000 };
    this.#known.set(key, heard);
    return heard;
  }
}

/** What speech to text tells, as agent/speech/stt.ts tells it. */
export interface Told {
  started(): void;
  interim(text: string): void;
  final(text: string): void;
  /** Nothing of what was said is still to come. */
  ended(): void;
}

/** Speech to text on the sound's clock. */
export function hearing(clock: SoundClock, recogniser: Recogniser, told: Told): Listener {
  let waiting = Promise.resolve();
  const never = new AbortController().signal;
  const listener: Listener = new Listener({
    now: () => clock.now,
    transcribe: (sound, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        clock.takes(() => recogniser.hear(sound)).then(resolve, reject);
      }),
    onStart: () => told.started(),
    onInterim: (text) => told.interim(text),
    onEnd: (segment: Segment, speaking) => {
      waiting = waiting.then(async () => {
        const text = await listener.final(segment, never);
        if (text !== '') told.final(text);
        if (!speaking) told.ended();
      });
    },
  });
  return listener;
}
