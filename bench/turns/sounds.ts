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

/** Samples of that many milliseconds, and milliseconds of that many samples. */
export const samples = (ms: number) => Math.round((ms * FLITE_RATE) / 1_000);
export const msOf = (index: number) => (index * 1_000) / FLITE_RATE;

/** Numbers from 0 to 1 that are the same on each run: mulberry32. */
export function drawer(seed: number): () => number {
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

/** One after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
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

/** Nothing, for that many milliseconds. */
export const quiet = (ms: number) => new Float32Array(samples(ms));

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

/** Two sounds that begin at the same time. */
export function together(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(Math.max(one.length, other.length));
  both.set(one);
  return both.map((sample, index) => sample + (other[index] ?? 0));
}

/** What a take is that is not made from an {@link Utterance}; milliseconds of its sound. */
interface Making {
  readonly name: string;
  readonly kind: string;
  readonly sound: Float32Array;
  /** Gives the noise of the line. */
  readonly seed: number;
  readonly after?: string;
  /** When the caller begins, where it is not at once. */
  readonly from?: number;
}

/** A sound that is no turn, or more than one voice alone. */
export function takeOf({ name, kind, sound, seed, after = '', from = 0 }: Making): Take {
  const take = placed(sound, LINE_NOISE, seed);
  return { name, kind, after, ...take, begins: BEFORE_MS + from };
}
