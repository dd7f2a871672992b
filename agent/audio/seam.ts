// Joins a recording to the live audio of the same microphone, which overlaps it: finds the end of the recording in the
// live audio. The end, because live audio begins unevenly: until a connection has settled, its receiver repeats audio.

/** Seconds before the recording's end in which the live audio may begin. Our own choice, far above any delay observed. */
const SEARCH_S = 1.5;
/** Seconds of audio to compare: about a syllable, so that it occurs only once. */
const PATTERN_S = 0.12;
/** Maximum seconds that live audio lags behind the recording: network and receive buffer. */
const LAG_S = 0.3;
/** Root mean square (of 32767) above which audio is louder than background noise. */
const LOUD = 150;
/**
 * Correlation (-1 to 1) from which two sounds are the same. Measured: the same speech through two Opus encoders keeps
 * 0.9 and more, other speech of the same voice stays below 0.6.
 */
const ALIKE = 0.75;
/** Samples averaged for the first, coarse search. */
const ROUGH = 8;

/** The join: up to this sample of the recording, then from this sample of the live audio. */
export interface Seam {
  readonly recorded: number;
  readonly live: number;
}

/** The join with the live audio so far; undefined if the end of the recording may still arrive. */
export function seamByNow(recorded: Int16Array, live: Int16Array, rate: number): Seam | undefined {
  const length = Math.round(PATTERN_S * rate);
  const sounding = live.length - firstSound(live);
  const reach = recorded.length - sounding - Math.round(LAG_S * rate);
  const [last] = loudFromEnd(recorded, length);
  // No speech, or only before the live audio began.
  if (last === undefined || last + length < reach) return withoutOverlap(recorded, live);
  return overlapAt(recorded, last, live, length);
}

/**
 * The join when no more audio is awaited. Without an overlap or without speech, everything is kept except the silence
 * that stands for missing live audio.
 */
export function seam(recorded: Int16Array, live: Int16Array, rate: number): Seam {
  const length = Math.round(PATTERN_S * rate);
  const begin = recorded.length - Math.round(SEARCH_S * rate);
  for (const at of loudFromEnd(recorded, length)) {
    if (at < begin) break;
    const found = overlapAt(recorded, at, live, length);
    if (found) return found;
  }
  return withoutOverlap(recorded, live);
}

function overlapAt(recorded: Int16Array, at: number, live: Int16Array, length: number) {
  const found = find(recorded.subarray(at, at + length), live);
  return found === undefined ? undefined : { recorded: at, live: found };
}

const withoutOverlap = (recorded: Int16Array, live: Int16Array): Seam => ({
  recorded: recorded.length,
  live: firstSound(live),
});

/** Index of the first sample after the silence that stands for missing packets. */
export const firstSound = (live: Int16Array): number => {
  const first = live.findIndex((sample) => sample !== 0);
  return first < 0 ? live.length : first;
};

/** Seconds kept before the first speech, so that a soft onset is not cut off. Our own choice. */
const LEAD_S = 0.3;

/** The recording from its first speech on; empty without speech, as for most callers. */
export function withoutSilence(recorded: Int16Array, rate: number): Int16Array {
  const step = Math.round(rate / 50);
  for (let at = 0; at + step <= recorded.length; at += step) {
    if (Math.sqrt(energy(recorded, at, step) / step) < LOUD) continue;
    return recorded.subarray(Math.max(0, at - Math.round(LEAD_S * rate)));
  }
  return recorded.subarray(recorded.length);
}

/** Start indices of stretches of this length with speech, last first. */
function* loudFromEnd(sound: Int16Array, length: number): Generator<number> {
  const step = length >> 2;
  for (let at = sound.length - length; at >= 0; at -= step) {
    if (Math.sqrt(energy(sound, at, length) / length) >= LOUD) yield at;
  }
}

/** Index of the pattern in the audio: a coarse search, then an exact one. */
function find(pattern: Int16Array, sound: Int16Array): number | undefined {
  const rough = bestMatch(downsampled(pattern), downsampled(sound));
  if (rough.alike < ALIKE) return undefined;
  const from = Math.max(0, (rough.at - 1) * ROUGH);
  const to = Math.min(sound.length, (rough.at + 1) * ROUGH + pattern.length);
  // In the coarse search, another sound of the same voice may be just as similar.
  const { at, alike } = bestMatch(pattern, sound.subarray(from, to));
  return alike < ALIKE ? undefined : from + at;
}

function bestMatch(pattern: Int16Array, sound: Int16Array): { at: number; alike: number } {
  const own = energy(pattern, 0, pattern.length);
  let found = { at: 0, alike: -1 };
  let other = energy(sound, 0, Math.min(pattern.length, sound.length));
  for (let at = 0; at + pattern.length <= sound.length; at++) {
    let product = 0;
    for (let i = 0; i < pattern.length; i++) {
      product += (pattern[i] as number) * (sound[at + i] as number);
    }
    const alike = product / Math.sqrt(own * other || 1);
    if (alike > found.alike) found = { at, alike };
    const [gone, next] = [sound[at] as number, sound[at + pattern.length] ?? 0];
    other += next * next - gone * gone;
  }
  return found;
}

function energy(sound: Int16Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i++) sum += (sound[i] as number) ** 2;
  return sum;
}

function downsampled(sound: Int16Array): Int16Array {
  const thin = new Int16Array(Math.floor(sound.length / ROUGH));
  for (let i = 0; i < thin.length; i++) {
    let sum = 0;
    for (let j = 0; j < ROUGH; j++) sum += sound[i * ROUGH + j] as number;
    thin[i] = sum / ROUGH;
  }
  return thin;
}
