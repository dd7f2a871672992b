// The session's ears with the first words put before the live sound of the track they belong to, in
// order and none of them twice. Whoever said nothing before waits for nothing.
import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { seam, soundsFrom, withoutSilence } from './seam';

/** Samples a second of the sound that a session hears: the framework's own. */
export const EARS_RATE = 24_000;
/** Samples of a frame of what is put together: 50 ms. */
const FRAME = EARS_RATE / 20;

/** Samples of live sound that it takes to find it in what was said before: 0.2 s. */
const SEAM_SAMPLES = EARS_RATE / 5;

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
    this.multiStream.addInputStream(ReadableStream.from(sound));
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
    if (spoken?.length && wanted()) yield* framesOf(joinedUp(spoken, held));
    else yield* held;
  }
}

/** Holds the live sound back until the first words are here, and enough of it to find the seam. */
async function hold(
  reader: ReadableStreamDefaultReader<AudioFrame>,
  first: AudioFrame,
  said: Before,
) {
  const held: AudioFrame[] = [];
  let [samples, sounds, waits] = [0, false, true];
  let words: Int16Array | undefined;
  const here = said.words.then((sound) => {
    words = sound;
    waits = false;
  });
  const take = (frame: AudioFrame) => {
    held.push(frame);
    sounds ||= soundsFrom(frame.data) < frame.data.length;
    if (!sounds) return;
    if (samples === 0) said.heard();
    samples += frame.samplesPerChannel;
  };
  take(first);
  while (waits || (words && sounds && samples < SEAM_SAMPLES)) {
    const { done, value } = await reader.read();
    if (done) {
      await here;
      break;
    }
    take(value);
  }
  return { words, held };
}

/** The first words, and the live sound from where they end. */
function joinedUp(words: Int16Array, held: readonly AudioFrame[]): Int16Array {
  const live = joined(held);
  const to = seam(words, live, EARS_RATE);
  const sound = new Int16Array(to.recorded + live.length - to.live);
  sound.set(words.subarray(0, to.recorded));
  sound.set(live.subarray(to.live), to.recorded);
  return sound;
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
