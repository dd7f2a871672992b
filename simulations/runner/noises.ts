// Noises: coughs, doors, dishes and cars. The same in each run.
import { joined, quiet, RATE, samplesOf } from './sounds';

/** Reproducible random numbers in [0, 1) (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A cough: bursts of noise that start abruptly and decay. */
export function cough(bursts: number, seed: number): Float32Array {
  const draw = randomNumbers(seed);
  const burst = () => {
    let before = 0;
    return Float32Array.from({ length: samplesOf(220) }, (_, index) => {
      before = 0.6 * before + (draw() - 0.5);
      return before * 0.8 * Math.exp(-index / samplesOf(60));
    });
  };
  return joined(Array.from({ length: bursts }, () => [burst(), quiet(90)]).flat());
}

/** Noise with an envelope: `shape` is 0 to 1 for each millisecond; `keep` (0 to 1) is a low-pass filter. */
function hiss(ms: number, seed: number, keep: number, shape: (at: number) => number): Float32Array {
  const draw = randomNumbers(seed);
  // Compensates the loudness that the filter adds.
  const level = Math.sqrt(1 - keep * keep);
  let noise = 0;
  return Float32Array.from({ length: samplesOf(ms) }, (_, index) => {
    noise = keep * noise + (draw() - 0.5) * level;
    return noise * shape((index * 1_000) / RATE);
  });
}

/** A slamming door: a thud of 80 Hz with a rattle. */
export function door(seed: number): Float32Array {
  const rattle = hiss(350, seed, 0.7, (ms) => 0.8 * Math.exp(-ms / 40));
  return rattle.map((sample, index) => {
    const ms = (index * 1_000) / RATE;
    return sample + 0.4 * Math.exp(-ms / 80) * Math.sin((2 * Math.PI * 80 * ms) / 1_000);
  });
}

/** Dishes: four short rings out of tune. */
export function dishes(seed: number): Float32Array {
  const draw = randomNumbers(seed);
  const ring = () => {
    const tones = [1_800, 2_900, 4_300].map((hertz) => hertz * (0.8 + 0.4 * draw()));
    return Float32Array.from({ length: samplesOf(160) }, (_, index) => {
      const ms = (index * 1_000) / RATE;
      const sum = tones.reduce(
        (all, hertz) => all + Math.sin((2 * Math.PI * hertz * ms) / 1_000),
        0,
      );
      return 0.12 * sum * Math.exp(-ms / 35);
    });
  };
  return joined([1, 2, 3, 4].flatMap(() => [ring(), quiet(20 + 120 * draw())]));
}

/** A car that passes within 1.6 s. */
export function car(seed: number): Float32Array {
  return hiss(1_600, seed, 0.97, (ms) => 0.5 * Math.sin((Math.PI * ms) / 1_600) ** 2);
}
