// Perceived loudness, and normalization of all voices to the same: ITU-R BS.1770-5, one channel.
// Equal energy is not equal loudness: a deep voice needs more than a bright one.
import { filtered, highPass, highShelf } from './filters';

/** Loudness of speech after {@link evened} (LUFS): close to telephony, with headroom. */
const TARGET = -20;
/** Audio quieter than this (LUFS) is not speech: amplifying it would amplify noise. */
const SILENT = -60;
/** Peak level after {@link evened}: -1 dBFS leaves headroom for lossy codecs. */
const CEILING = 0.89;
/**
 * Soft limit above which peaks are rounded off, up to the ceiling: few samples of few voices, and
 * no clipping.
 */
const KNEE = 0.6;

/** Seconds of a loudness window, and between the starts of two windows. */
const WINDOW = 0.4;
const STEP = 0.1;
/**
 * Gates: windows below this (LUFS), and this far below the mean of the others (LU), do not count.
 */
const GATE = -70;
const RELATIVE_GATE = 10;

const decibels = (power: number) => -0.691 + 10 * Math.log10(power);
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** K-weighting: a high shelf, then a high-pass (BS.1770, annex 1). */
const weighted = (sound: Float32Array, rate: number) =>
  filtered(sound, [
    highShelf(1_681.974450955533, 3.999843853973347, rate, 0.7071752369554196),
    highPass(38.13547087602444, rate, 0.5003270373238773),
  ]);

/**
 * Loudness (LUFS) without pauses; -Infinity for silence. Audio shorter than a window counts as one.
 */
export function loudness(sound: Float32Array, rate: number): number {
  const heard = weighted(sound, rate);
  const size = Math.min(heard.length, Math.round(WINDOW * rate));
  const powers: number[] = [];
  for (let at = 0; size > 0 && at + size <= heard.length; at += Math.round(STEP * rate)) {
    let energy = 0;
    for (let i = at; i < at + size; i++) energy += (heard[i] as number) ** 2;
    powers.push(energy / size);
  }
  const loud = powers.filter((power) => decibels(power) > GATE);
  if (loud.length === 0) return Number.NEGATIVE_INFINITY;
  const floor = decibels(mean(loud)) - RELATIVE_GATE;
  return decibels(mean(loud.filter((power) => decibels(power) > floor)));
}

/** Speech at the standard loudness, its peaks below the ceiling; silence stays silence. */
export function evened(sound: Float32Array, rate: number): Float32Array {
  const loud = loudness(sound, rate);
  if (loud < SILENT) return sound;
  const gain = 10 ** ((TARGET - loud) / 20);
  return sound.map((sample) => rounded(sample * gain));
}

function rounded(sample: number): number {
  const size = Math.abs(sample);
  if (size <= KNEE) return sample;
  const room = CEILING - KNEE;
  return Math.sign(sample) * (KNEE + room * Math.tanh((size - KNEE) / room));
}
