// What is done to a voice after it has spoken: for those of Flite, a gentle equaliser for each, pauses that a
// person would make, one loudness, and beginnings and ends that do not click.
import { filtered, highPass, highShelf } from './filters';
import type { FliteVoice } from './flite';
import { evened } from './loudness';
import { eased, padded, trimmed, withPauses } from './pcm';

/**
 * The voices' tone, measured over 40 sentences of the practice: energy above 2 kHz against that below
 * 1 kHz was -11.0 dB for slt, which sounds as through a curtain, -4.4 for rms, -6.4 for awb, -6.9 for
 * kal16. The shelf brings slt near the others; more of it hisses.
 */
const BRIGHTER = { slt: 4, rms: 0, awb: 1, kal16: 1 } as const satisfies Record<FliteVoice, number>;
/** Where the shelf rises (Hz): above the vowels' first formants, where consonants are told apart. */
const SHELF_HERTZ = 2_000;
/** Below this (Hz) no voice has anything to say. Higher, the recogniser hears rms less well. */
const LOWEST_HERTZ = 40;

/** Silence before a sentence (s): a sound that starts at full level clicks. */
const LEAD = 0.01;
/** Silence after a sentence (s): the breath between two. Flite leaves 0.3, and then its own noise. */
const PAUSE = 0.24;
/** Silence at a comma (s): Flite makes 0.1 to 0.2, which sounds read off a page. */
const COMMA = 0.22;
/** Seconds over which a sound comes and goes. */
const EASE = 0.005;

/**
 * A sentence of Flite's, with its voice's tone and longer commas, finished.
 * @param sound what Flite made of it, at `rate`
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

/** One loudness, no clicks, and a breath after it: for any voice. */
export function finished(sound: Float32Array, rate: number, speed: number): Float32Array {
  const samples = (seconds: number) => samplesOf(seconds, rate, speed);
  const cut = eased(trimmed(evened(sound, rate)), samples(EASE));
  return padded(cut, samples(LEAD), samples(PAUSE));
}

const samplesOf = (seconds: number, rate: number, speed: number) =>
  Math.round((seconds * rate) / Math.max(1, speed));
