// Post-processing of a voice: for Flite an equalizer per voice and natural pauses, then for all
// voices one loudness, and onsets and ends without clicks.
import { filtered, highPass, highShelf } from './filters';
import type { FliteVoice } from './flite';
import { evened } from './loudness';
import { eased, padded, trimmed, withPauses } from './pcm';

/**
 * The voices' tone, measured over 40 sentences of the practice: energy above 2 kHz relative to that
 * below 1 kHz was -11.0 dB for slt, which sounds muffled, -4.4 for rms, -6.4 for awb, -6.9 for
 * kal16. The shelf brings slt close to the others; more of it hisses.
 */
const BRIGHTER = { slt: 4, rms: 0, awb: 1, kal16: 1 } as const satisfies Record<FliteVoice, number>;
/** Middle of the shelf (Hz): above the vowels' first formants, where consonants differ. */
const SHELF_HERTZ = 2_000;
/**
 * High-pass frequency (Hz): no voice has content below it. A higher one makes STT worse for rms.
 */
const LOWEST_HERTZ = 40;

/** Silence before a sentence (s): audio that starts at full level clicks. */
const LEAD = 0.01;
/** Silence after a sentence (s): a breath. Flite leaves 0.3, followed by its own noise. */
const PAUSE = 0.24;
/** Silence at a comma (s): Flite's 0.1 to 0.2 sound like reading aloud. */
const COMMA = 0.22;
/** Seconds of a fade. */
const EASE = 0.005;

/**
 * Finishes a sentence of Flite's, with its voice's tone and longer commas.
 * @param sound Flite's output, at `rate`
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
