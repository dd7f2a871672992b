// Sounds of people and rooms that are no words: coughs, hums, doors, dishes and cars. The same on each run.
import { FLITE_RATE } from '../../agent/speech/flite';
import { drawer, joined, quiet, samples } from './sounds';

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

/** Noise whose level goes with time: `shape` from 0 to 1 at each millisecond; `keep` makes it dull (0 to 1). */
function hiss(ms: number, seed: number, keep: number, shape: (at: number) => number): Float32Array {
  const draw = drawer(seed);
  // What it keeps of the sample before makes it louder: this takes that back.
  const level = Math.sqrt(1 - keep * keep);
  let noise = 0;
  return Float32Array.from({ length: samples(ms) }, (_, index) => {
    noise = keep * noise + (draw() - 0.5) * level;
    return noise * shape((index * 1_000) / FLITE_RATE);
  });
}

/** A door that falls shut: a thud of 80 Hz, and the rattle of it. */
export function door(seed: number): Float32Array {
  const rattle = hiss(350, seed, 0.7, (ms) => 0.8 * Math.exp(-ms / 40));
  return rattle.map((sample, index) => {
    const ms = (index * 1_000) / FLITE_RATE;
    return sample + 0.4 * Math.exp(-ms / 80) * Math.sin((2 * Math.PI * 80 * ms) / 1_000);
  });
}

/** Dishes: four short rings that are out of tune. */
export function dishes(seed: number): Float32Array {
  const draw = drawer(seed);
  const ring = () => {
    const tones = [1_800, 2_900, 4_300].map((hertz) => hertz * (0.8 + 0.4 * draw()));
    return Float32Array.from({ length: samples(160) }, (_, index) => {
      const ms = (index * 1_000) / FLITE_RATE;
      const sum = tones.reduce(
        (all, hertz) => all + Math.sin((2 * Math.PI * hertz * ms) / 1_000),
        0,
      );
      return 0.12 * sum * Math.exp(-ms / 35);
    });
  };
  return joined([1, 2, 3, 4].flatMap(() => [ring(), quiet(20 + 120 * draw())]));
}

/** A car that comes and goes within 1.6 s. */
export function car(seed: number): Float32Array {
  return hiss(1_600, seed, 0.97, (ms) => 0.5 * Math.sin((Math.PI * ms) / 1_600) ** 2);
}
