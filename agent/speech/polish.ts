// Post-processing of a voice: for Flite an equalizer per voice and natural pauses, then for all voices one loudness,
// and onsets and ends without clicks.
import { eased, padded, trimmed, withPauses } from '@/agent/speech/pcm';

/**
 * Gain of the shelf (dB) by voice. Measured over 40 sentences, the energy above 2 kHz relative to that below 1 kHz was
 * -11.0 dB for slt, which sounds muffled, and -4.4 to -6.9 for the others; more gain hisses.
 */
const BRIGHTER = { slt: 4, rms: 0, awb: 1, kal16: 1 } as const;
/** Flite's voices: one woman, three men. */
export type FliteVoice = keyof typeof BRIGHTER;
/** Middle of the shelf (Hz): above the vowels' first formants, where consonants differ. */
const SHELF_HERTZ = 2_000;
/** High-pass frequency (Hz): no voice has content below it. A higher one makes STT worse for rms. */
const LOWEST_HERTZ = 40;

/** Silence before a sentence (s): audio that starts at full level clicks. */
const LEAD = 0.01;
/** Silence after a sentence (s): a breath. Flite leaves 0.3, followed by its own noise. */
const PAUSE = 0.24;
/** Silence at a comma (s): Flite's 0.1 to 0.2 sound like reading aloud. */
const COMMA = 0.22;
const EASE = 0.005;

/**
 * Finishes a sentence of Flite's, with its voice's tone and longer commas.
 * @param speed of the speech: pauses shrink with it
 */
export function polished(
  sound: Float32Array,
  rate: number,
  { sentence, voice, speed }: { sentence: string; voice: FliteVoice; speed: number },
): Float32Array {
  const filters = [highPass(LOWEST_HERTZ, rate)];
  if (BRIGHTER[voice] > 0) filters.push(highShelf(SHELF_HERTZ, BRIGHTER[voice], rate));
  const commas = sentence.match(/[,;:](?=\s)/g)?.length ?? 0;
  const shaped = withPauses(filtered(sound, filters), commas, samplesOf(COMMA, rate, speed));
  return finished(shaped, rate, speed);
}

/** Normalizes loudness, removes clicks and adds a breath, for any voice. */
export function finished(sound: Float32Array, rate: number, speed: number): Float32Array {
  const samples = (seconds: number) => samplesOf(seconds, rate, speed);
  const cut = eased(trimmed(evened(sound, rate)), samples(EASE));
  return padded(cut, samples(LEAD), samples(PAUSE));
}

const samplesOf = (seconds: number, rate: number, speed: number) =>
  Math.round((seconds * rate) / Math.max(1, speed));

/** Loudness of speech after {@link evened} (LUFS): close to telephony, with headroom. */
const TARGET = -20;
/** Audio quieter than this (LUFS) is not speech: amplifying it would amplify noise. */
const SILENT = -60;
/** Peak level after {@link evened}: -1 dBFS leaves headroom for lossy codecs. */
const CEILING = 0.89;
/** Soft limit above which peaks are rounded off, up to the ceiling: few samples of few voices, and no clipping. */
const KNEE = 0.6;

/** Seconds of a loudness window, and between the starts of two windows. */
const WINDOW = 0.4;
const STEP = 0.1;
/** Gates: windows below this (LUFS), and this far below the mean of the others (LU), do not count. */
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
 * Perceived loudness (LUFS, ITU-R BS.1770-5, one channel) without pauses: equal energy is not equal loudness; -Infinity
 * for silence. Audio shorter than a window counts as one.
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

/** Coefficients, normalized to a first denominator coefficient of 1: b0, b1, b2, a1, a2. */
type Biquad = readonly [number, number, number, number, number];

/** The Q without a resonance peak: 1/√2. */
const FLAT = Math.SQRT1_2;

/** High-pass. @param hertz where it is down by 3 dB */
export function highPass(hertz: number, rate: number, quality = FLAT): Biquad {
  const k = Math.tan((Math.PI * hertz) / rate);
  const a0 = 1 + k / quality + k * k;
  return [1 / a0, -2 / a0, 1 / a0, (2 * (k * k - 1)) / a0, (1 - k / quality + k * k) / a0];
}

/** High shelf. @param hertz the middle of the slope */
export function highShelf(hertz: number, decibels: number, rate: number, quality = FLAT): Biquad {
  const k = Math.tan((Math.PI * hertz) / rate);
  const high = 10 ** (decibels / 20);
  // The exponent of ITU-R BS.1770's own shelf; with 0.5 the result is further from its published coefficients.
  const middle = high ** 0.4996667741545416;
  const a0 = 1 + k / quality + k * k;
  return [
    (high + (middle * k) / quality + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (middle * k) / quality + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / quality + k * k) / a0,
  ];
}

/** Applies the filters in order. */
export function filtered(sound: Float32Array, filters: readonly Biquad[]): Float32Array {
  let out = sound;
  for (const [b0, b1, b2, a1, a2] of filters) {
    const next = new Float32Array(out.length);
    // Direct form II transposed: two memories, and no sum that grows large.
    let z1 = 0;
    let z2 = 0;
    for (let i = 0; i < out.length; i++) {
      const x = out[i] as number;
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      next[i] = y;
    }
    out = next;
  }
  return out;
}
