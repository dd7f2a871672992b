// Audio of test callers as samples from -1 to 1 at one rate: concatenating, mixing, background noise, and noises such as
// coughs and doors.
import { randomNumbers } from '@/lib/core/random-numbers';

/** Samples a second of all audio here: that of the built-in voices and speech recognition. */
export const RATE = 16_000;

/** Sample value (of 32767) that counts as audible: the tests use the same for captured speech. */
export const LOUD = 300;
/** Minimum milliseconds of a word: shorter sounds are clicks. */
const WORD_MS = 60;

/** Speech between two pauses of `pauseMs` milliseconds or more, from the ordered times of its audible sound. */
export function stretches(
  moments: readonly number[],
  pauseMs: number,
): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const at of moments) {
    const last = found.at(-1);
    if (last && at - last.to < pauseMs) last.to = at;
    else found.push({ from: at, to: at });
  }
  return found.filter(({ from, to }) => to - from >= WORD_MS);
}

/** Amplitude of street noise: -40 dBFS. */
const STREET = 0.01;
/** Low-pass filter of street noise: the share of the previous sample. */
const DULL = 0.9;

const samplesOf = (ms: number) => Math.round((ms * RATE) / 1_000);

/** Silence of that many milliseconds. */
export const quiet = (ms: number) => new Float32Array(samplesOf(ms));

/** Concatenates audio. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const sound = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    sound.set(part, at);
    at += part.length;
  }
  return sound;
}

/** Mixes two sounds. */
export function together(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(Math.max(one.length, other.length));
  both.set(one);
  return both.map((sample, at) => sample + (other[at] ?? 0));
}

/** Street noise of a given length. */
export function street(): (samples: number) => Float32Array {
  let before = 0;
  const level = 2 * STREET * Math.sqrt(3 * (1 - DULL * DULL));
  return (samples) =>
    new Float32Array(samples).map(() => {
      before = DULL * before + (Math.random() - 0.5) * level;
      return before;
    });
}

/** A sound of that many milliseconds, from its sample at each millisecond. */
const soundOf = (ms: number, sampleAt: (at: number) => number) =>
  Float32Array.from({ length: samplesOf(ms) }, (_, index) => sampleAt((index * 1_000) / RATE));

function cough(): Float32Array {
  const draw = randomNumbers();
  const burst = () => {
    let before = 0;
    return soundOf(220, (ms) => {
      before = 0.6 * before + (draw() - 0.5);
      return before * 0.8 * Math.exp(-ms / 60);
    });
  };
  return joined([1, 2, 3].flatMap(() => [burst(), quiet(90)]));
}

/** Noise with an envelope: `shape` is 0 to 1 for each millisecond; `keep` (0 to 1) is a low-pass filter. */
function hiss(ms: number, keep: number, shape: (at: number) => number): Float32Array {
  const draw = randomNumbers();
  // Compensates the loudness that the filter adds.
  const level = Math.sqrt(1 - keep * keep);
  let noise = 0;
  return soundOf(ms, (at) => {
    noise = keep * noise + (draw() - 0.5) * level;
    return noise * shape(at);
  });
}

const sine = (hertz: number, ms: number) => Math.sin((2 * Math.PI * hertz * ms) / 1_000);

const door = () =>
  together(
    hiss(350, 0.7, (ms) => 0.8 * Math.exp(-ms / 40)),
    soundOf(350, (ms) => 0.4 * Math.exp(-ms / 80) * sine(80, ms)),
  );

function dishes(): Float32Array {
  const draw = randomNumbers();
  const ring = () => {
    const tones = [1_800, 2_900, 4_300].map((hertz) => hertz * (0.8 + 0.4 * draw()));
    return soundOf(160, (ms) => {
      const sum = tones.reduce((all, hertz) => all + sine(hertz, ms), 0);
      return 0.12 * sum * Math.exp(-ms / 35);
    });
  };
  return joined([1, 2, 3, 4].flatMap(() => [ring(), quiet(20 + 120 * draw())]));
}

const car = () => hiss(1_600, 0.97, (ms) => 0.5 * Math.sin((Math.PI * ms) / 1_600) ** 2);

/** The noises of scenarios. The same in each run. */
export const NOISES = { cough, door, dishes, car } as const;
