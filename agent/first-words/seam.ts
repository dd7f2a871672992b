// Where a recording goes over into the live sound of the same microphone. The two overlap by what the
// network takes and by what the page records beyond; played one after the other, the caller would
// stutter. A pure function: it finds a piece of the live sound in the recording.

/** Seconds of the recording's end in which the live sound may begin. Our own choice, far above any delay seen. */
const SEARCH_S = 1.5;
/** Seconds of live sound that are looked for: about a syllable, so that it is there only once. */
const PATTERN_S = 0.12;
/** Root mean square (of 32767) from which sound is more than a room's noise. */
const LOUD = 150;
/**
 * Likeness (-1 to 1) from which two sounds are the same one. Measured: the same speech through two Opus
 * encoders keeps 0.9 and more, other speech of the same voice stays under 0.6.
 */
const ALIKE = 0.75;
/** Samples taken together in the first, rough search. */
const ROUGH = 8;

/** Where to go over: up to this sample of the recording, from this one of the live sound on. */
export interface Seam {
  readonly recorded: number;
  readonly live: number;
}

/**
 * Where to go over from one to the other. Where they have nothing in common, or nothing is said, all is
 * kept but the silence that stands for live sound which has not come yet.
 * @param live its beginning, as much as is there
 * @param rate samples a second of both
 */
export function seam(recorded: Int16Array, live: Int16Array, rate: number): Seam {
  const length = Math.round(PATTERN_S * rate);
  const at = loudFrom(live, length);
  const begin = Math.max(0, recorded.length - Math.round(SEARCH_S * rate));
  if (at !== undefined) {
    const found = find(live.subarray(at, at + length), recorded.subarray(begin));
    if (found !== undefined) return { recorded: begin + found, live: at };
  }
  return { recorded: recorded.length, live: soundsFrom(live) };
}

/** The first sample that is not the silence in place of packets that have not come. */
export const soundsFrom = (live: Int16Array): number => {
  const first = live.findIndex((sample) => sample !== 0);
  return first < 0 ? live.length : first;
};

/** Seconds kept before the first thing said: a soft first sound is not cut off. Our own choice. */
const LEAD_S = 0.3;

/** The recording from where something is said on; empty where nothing is, as with most callers. */
export function withoutSilence(recorded: Int16Array, rate: number): Int16Array {
  const step = Math.round(rate / 50);
  for (let at = 0; at + step <= recorded.length; at += step) {
    if (Math.sqrt(energy(recorded, at, step) / step) < LOUD) continue;
    return recorded.subarray(Math.max(0, at - Math.round(LEAD_S * rate)));
  }
  return recorded.subarray(recorded.length);
}

/** Where a stretch of this length begins in which something is said: past the very first, it may be cut. */
function loudFrom(sound: Int16Array, length: number): number | undefined {
  const step = length >> 2;
  for (let at = 0; at + step + length <= sound.length; at += step) {
    if (Math.sqrt(energy(sound, at, step) / step) >= LOUD) return at + step;
  }
  return undefined;
}

/** Where the pattern is in the sound: roughly, then to the sample. */
function find(pattern: Int16Array, sound: Int16Array): number | undefined {
  const rough = best(thinned(pattern), thinned(sound));
  if (rough.alike < ALIKE) return undefined;
  const from = Math.max(0, (rough.at - 1) * ROUGH);
  const to = Math.min(sound.length, (rough.at + 1) * ROUGH + pattern.length);
  return from + best(pattern, sound.subarray(from, to)).at;
}

/** Where the pattern is most like the sound, and how much. */
function best(pattern: Int16Array, sound: Int16Array): { at: number; alike: number } {
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

/** Every {@link ROUGH} samples as their mean. */
function thinned(sound: Int16Array): Int16Array {
  const thin = new Int16Array(Math.floor(sound.length / ROUGH));
  for (let i = 0; i < thin.length; i++) {
    let sum = 0;
    for (let j = 0; j < ROUGH; j++) sum += sound[i * ROUGH + j] as number;
    thin[i] = sum / ROUGH;
  }
  return thin;
}
