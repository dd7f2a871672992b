// The session's ears with the first words put before the live sound of the track they belong to, in
// order and none of them twice. Whoever said nothing before waits for nothing.
import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { EARS_RATE, inWindows } from '../speech/windows';
import { type Seam, seam, seamByNow, soundsFrom, withoutSilence } from './seam';

/** Samples of a frame of what is put together, and of live sound between two looks: 50 ms. */
const FRAME = EARS_RATE / 20;

/** Samples of live sound in which the end of the first words comes, once they are here: 0.5 s, far above any seen. */
const SEAM_SAMPLES = EARS_RATE / 2;

/**
 * Samples of silence, which may stand for live sound that has not come, after which the page is told all the same:
 * 1 s. A muted microphone sends nothing else, and the agent is deaf until what the page kept is here.
 */
const SILENT_SAMPLES = EARS_RATE;

/** What was said on a track before it was heard. */
interface Before {
  /** Waits for it. */
  readonly words: Promise<Int16Array | undefined>;
  /** Called when the live sound has come: what is said from now on is heard. */
  readonly heard: () => void;
}

/** Told at each frame; answers once for a track, with its first. */
export type AskBefore = () => Before | undefined;

/** Live sound, with what was said before it. */
export class Ears extends voice.AudioInput {
  #attached = true;

  constructor(
    private readonly live: voice.AudioInput,
    before: AskBefore,
  ) {
    super();
    const sound = inOrder(live.stream, before, () => this.#attached);
    this.multiStream.addInputStream(ReadableStream.from(inWindows(sound)));
  }

  override setAttached(attached: boolean): void {
    this.#attached = attached;
    this.live.setAttached(attached);
  }

  override onAttached(): void {
    this.live.onAttached();
  }

  override onDetached(): void {
    this.live.onDetached();
  }
}

/**
 * Frames of the live sound; where something was said before, they are held back until it is here.
 * @param wanted whether sound is wanted at all at the moment
 */
export async function* inOrder(
  live: ReadableStream<AudioFrame>,
  before: AskBefore,
  wanted: () => boolean,
): AsyncGenerator<AudioFrame> {
  const reader = live.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const said = before();
    if (!said) {
      yield value;
      continue;
    }
    const { words, held } = await hold(reader, value, said);
    // Silence would only be work, for all the callers who wait for the greeting.
    const spoken = words && withoutSilence(words, EARS_RATE);
    if (!spoken?.length || !wanted()) {
      yield* held;
      continue;
    }
    const { live: sound, to } = await untilTheyMeet(reader, spoken, held);
    yield* framesOf(spoken.subarray(0, to.recorded));
    yield* framesOf(sound.subarray(to.live));
  }
}

/** Holds the live sound back until the first words are here. */
async function hold(
  reader: ReadableStreamDefaultReader<AudioFrame>,
  first: AudioFrame,
  said: Before,
) {
  const held: AudioFrame[] = [];
  let [samples, told, waits] = [0, false, true];
  let words: Int16Array | undefined;
  const here = said.words.then((sound) => {
    words = sound;
    waits = false;
  });
  const take = (frame: AudioFrame) => {
    held.push(frame);
    samples += frame.samplesPerChannel;
    const silent = soundsFrom(frame.data) === frame.data.length;
    if (told || (silent && samples < SILENT_SAMPLES)) return;
    told = true;
    said.heard();
  };
  take(first);
  while (waits) {
    const { done, value } = await reader.read();
    if (done) {
      await here;
      break;
    }
    take(value);
  }
  return { words, held };
}

/** Holds the live sound back until the end of the first words is in it, but not long. */
async function untilTheyMeet(
  reader: ReadableStreamDefaultReader<AudioFrame>,
  words: Int16Array,
  held: readonly AudioFrame[],
): Promise<{ live: Int16Array; to: Seam }> {
  const all = [...held];
  for (let waited = 0; ; waited += FRAME) {
    const live = joined(all);
    const to = seamByNow(words, live, EARS_RATE);
    if (to) return { live, to };
    const more = waited < SEAM_SAMPLES ? await read(reader, FRAME) : [];
    if (more.length === 0) return { live, to: seam(words, live, EARS_RATE) };
    all.push(...more);
  }
}

/** The next frames, this many samples or more; fewer where the sound ends. */
async function read(reader: ReadableStreamDefaultReader<AudioFrame>, samples: number) {
  const frames: AudioFrame[] = [];
  for (let count = 0; count < samples; ) {
    const { done, value } = await reader.read();
    if (done) break;
    frames.push(value);
    count += value.samplesPerChannel;
  }
  return frames;
}

function* framesOf(sound: Int16Array): Generator<AudioFrame> {
  for (let from = 0; from < sound.length; from += FRAME) {
    const samples = sound.slice(from, from + FRAME);
    yield new AudioFrame(samples, EARS_RATE, 1, samples.length);
  }
}

function joined(frames: readonly AudioFrame[]): Int16Array {
  const sound = new Int16Array(frames.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of frames) {
    sound.set(data, at);
    at += data.length;
  }
  return sound;
}
