// The session's audio input: pre-connect audio followed by the live audio of the same track, in order and without
// duplicates. A caller without pre-connect audio is not delayed.
import { ReadableStream, type ReadableStreamDefaultReader } from 'node:stream/web';
import { voice } from '@livekit/agents';
import { AudioFrame, combineAudioFrames } from '@livekit/rtc-node';
import { firstSound, type Seam, seam, seamByNow, withoutSilence } from '@/agent/audio/seam';
import { INPUT_RATE, inWindows } from '@/agent/speech/voice-activity';

/** Samples of a joined frame, and of live audio between two checks: 50 ms. */
const FRAME = INPUT_RATE / 20;

/** Samples of live audio within which the recording must end once it has arrived: 0.5 s, far above any overlap observed. */
const SEAM_SAMPLES = INPUT_RATE / 2;

/**
 * Samples of silence, which may stand for live audio that has not arrived, after which the page is informed anyway: 1
 * s. A muted microphone sends nothing else, and the agent hears nothing until the page's recording has arrived.
 */
const SILENT_SAMPLES = INPUT_RATE;

/** Audio recorded on a track before it was subscribed. */
interface PriorAudio {
  readonly words: Promise<Int16Array | undefined>;
  /** Called when live audio has arrived: from now on the caller is heard. */
  readonly heard: () => void;
}

/** Called for each frame; returns a value once per track, with its first frame. */
export type TakeRecording = () => PriorAudio | undefined;

/** Live audio, preceded by the pre-connect audio. */
export class CallAudioInput extends voice.AudioInput {
  #attached = true;

  constructor(
    private readonly live: voice.AudioInput,
    before: TakeRecording,
  ) {
    super();
    const sound = joinAudio(live.stream, before, () => this.#attached);
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
 * Frames of the live audio. With pre-connect audio, they are held back until it has arrived.
 * @param wanted whether audio is currently wanted at all
 */
export async function* joinAudio(
  live: ReadableStream<AudioFrame>,
  before: TakeRecording,
  wanted: () => boolean,
): AsyncGenerator<AudioFrame> {
  const reader = live.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const prior = before();
    if (!prior) {
      yield value;
      continue;
    }
    const { words, held } = await holdLive(reader, value, prior);
    // Silence would only be work, and most callers wait for the greeting in silence.
    const spoken = words && withoutSilence(words, INPUT_RATE);
    if (!spoken?.length || !wanted()) {
      yield* held;
      continue;
    }
    const { live: sound, to } = await readUntilOverlap(reader, spoken, held);
    yield* framesOf(spoken.subarray(0, to.recorded));
    yield* framesOf(sound.subarray(to.live));
  }
}

async function holdLive(
  reader: ReadableStreamDefaultReader<AudioFrame>,
  first: AudioFrame,
  prior: PriorAudio,
) {
  const held: AudioFrame[] = [];
  let [samples, hasInformed, waits] = [0, false, true];
  let words: Int16Array | undefined;
  const here = prior.words.then((sound) => {
    words = sound;
    waits = false;
  });
  const take = (frame: AudioFrame) => {
    held.push(frame);
    samples += frame.samplesPerChannel;
    const silent = firstSound(frame.data) === frame.data.length;
    if (hasInformed || (silent && samples < SILENT_SAMPLES)) return;
    hasInformed = true;
    prior.heard();
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

/** Holds the live audio back until it contains the end of the recording, within a limit. */
async function readUntilOverlap(
  reader: ReadableStreamDefaultReader<AudioFrame>,
  words: Int16Array,
  held: readonly AudioFrame[],
): Promise<{ live: Int16Array; to: Seam }> {
  const all = [...held];
  for (let waited = 0; ; waited += FRAME) {
    const live = combineAudioFrames(all).data;
    const to = seamByNow(words, live, INPUT_RATE);
    if (to) return { live, to };
    const more = waited < SEAM_SAMPLES ? await read(reader, FRAME) : [];
    if (more.length === 0) return { live, to: seam(words, live, INPUT_RATE) };
    all.push(...more);
  }
}

/** The next frames, at least this many samples; fewer at the end of the audio. */
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
    yield new AudioFrame(samples, INPUT_RATE, 1, samples.length);
  }
}
