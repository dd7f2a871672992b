// The callers' sound: spoken by the built-in voices, with pauses and noise put in, and when each turn
// really ends. The same on each run.
import { FLITE_RATE, FLITE_VOICES, type Flite, type FliteVoice } from '../../agent/speech/flite';
import type { Utterance } from './utterances';

/** A sound of the microphone, 16 kHz, and the truth about it. */
export interface Take {
  readonly name: string;
  readonly kind: string;
  readonly after: string;
  readonly sound: Int16Array;
  /** Milliseconds at which the caller begins and has finished; undefined where nothing was said. */
  readonly begins: number | undefined;
  readonly ends: number | undefined;
}

/** Milliseconds of quiet before and after: longer than any decision takes. */
const BEFORE_MS = 500;
const AFTER_MS = 3_500;
/** Amplitude above which a sample is part of a word: -46 dBFS, as agent/speech/pcm.ts has it. */
const AUDIBLE = 0.005;
/** Root mean square of the noise of any line, and of a street: -66 and -40 dBFS. */
const LINE_NOISE = 0.0005;
const STREET_NOISE = 0.01;

const samples = (ms: number) => Math.round((ms * FLITE_RATE) / 1_000);
const msOf = (index: number) => (index * 1_000) / FLITE_RATE;

/** Numbers from 0 to 1 that are the same on each run: mulberry32. */
function drawer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Cuts off what is not heard at both ends. */
function bare(sound: Float32Array): Float32Array {
  const audible = (sample: number) => Math.abs(sample) > AUDIBLE;
  return sound.slice(sound.findIndex(audible), sound.findLastIndex(audible) + 1);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const sound = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    sound.set(part, at);
    at += part.length;
  }
  return sound;
}

/** Adds noise, dull as that of streets and rooms: each sample keeps most of the one before. */
function noisy(sound: Float32Array, level: number, seed: number): Float32Array {
  const draw = drawer(seed);
  const keep = 0.9;
  let noise = 0;
  return sound.map((sample) => {
    noise = keep * noise + (draw() - 0.5) * 2 * level * Math.sqrt(3 * (1 - keep * keep));
    return sample + noise;
  });
}

const pcm = (sound: Float32Array) =>
  Int16Array.from(sound, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);

const quiet = (ms: number) => new Float32Array(samples(ms));

/** A sound in its place: quiet around it, and the noise of a line or a street under all of it. */
function placed(
  words: Float32Array,
  level: number,
  seed: number,
): Pick<Take, 'sound' | 'begins' | 'ends'> {
  const whole = joined([quiet(BEFORE_MS), words, quiet(AFTER_MS)]);
  return {
    sound: pcm(noisy(whole, level, seed)),
    begins: BEFORE_MS,
    ends: BEFORE_MS + msOf(words.length),
  };
}

/** What was said in one voice, pauses included, without quiet around it. */
export function spoken(flite: Flite, say: string, voice: FliteVoice): Float32Array {
  const parts = say.split(/\s*\[(\d+)\]\s*/);
  return joined(
    parts.map((part, index) => {
      if (index % 2 === 1) return quiet(Number(part));
      // A comma keeps the voice up, as people do who go on.
      const last = index === parts.length - 1;
      return bare(flite.speak(last || /[,.]$/.test(part) ? part : `${part},`, voice, 1));
    }),
  );
}

/** Each utterance in one of the voices in turn; every third on a noisy street. */
export function takesOf(flite: Flite, utterances: readonly Utterance[]): Take[] {
  return utterances.map(({ after, say, kind }, index) => {
    const voice = FLITE_VOICES[index % FLITE_VOICES.length] as FliteVoice;
    const street = index % 3 === 2;
    return {
      name: `${say} (${voice}${street ? ', street' : ''})`,
      kind,
      after,
      ...placed(spoken(flite, say, voice), street ? STREET_NOISE : LINE_NOISE, index + 1),
    };
  });
}

/** A cough: bursts of noise that begin at once and die away. */
export function cough(bursts: number, seed: number): Float32Array {
  const draw = drawer(seed);
  const burst = () => {
    let before = 0;
    return Float32Array.from({ length: samples(220) }, (_, index) => {
      before = 0.6 * before + (draw() - 0.5);
      return before * 0.8 * Math.exp(-index / samples(60));
    });
  };
  return joined(Array.from({ length: bursts }, () => [burst(), quiet(90)]).flat());
}

/** Resonances of a closed mouth: hertz, width, level. */
const NASAL = [
  [250, 90, 1],
  [1_000, 200, 0.06],
  [2_200, 300, 0.03],
] as const;
const HARMONICS = 24;

/** A voice with its mouth closed, going from one pitch (Hz) to another. */
function murmur(ms: number, from: number, to: number): Float32Array {
  const length = samples(ms);
  const fade = samples(25);
  let turned = 0;
  return Float32Array.from({ length }, (_, index) => {
    const pitch = from + ((to - from) * index) / length;
    turned += (2 * Math.PI * pitch) / FLITE_RATE;
    let sum = 0;
    for (let k = 1; k <= HARMONICS; k++) {
      const level = NASAL.reduce(
        (all, [at, width, high]) => all + high / (1 + ((k * pitch - at) / width) ** 2),
        0,
      );
      sum += (level / Math.sqrt(k)) * Math.sin(k * turned);
    }
    return 0.12 * sum * Math.min(1, index / fade, (length - index) / fade);
  });
}

/** "Mm-hm" at a pitch (Hz): two murmurs, the second one higher at its end, with a breath between. */
export function mmHm(pitch: number): Float32Array {
  return joined([
    murmur(150, pitch, pitch * 0.9),
    quiet(50),
    murmur(240, pitch * 0.95, pitch * 1.2),
  ]);
}

/** A sound that is no turn, or one to be heard while the agent talks. */
export function takeOf(name: string, kind: string, words: Float32Array, seed: number): Take {
  return { name, kind, after: '', ...placed(words, LINE_NOISE, seed) };
}
