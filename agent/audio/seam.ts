// Where a recording goes over into the live sound of the same microphone. The two overlap by what the
// network takes and by what the page records beyond; played one after the other, the caller would
// stutter. A pure function: it finds the end of the recording in the live sound. The end, because live
// sound begins unevenly: until a line has settled, its receiver fills what comes late with more of the same.

/** Seconds of the recording's end in which the live sound may begin. Our own choice, far above any delay seen. */
const SEARCH_S = 1.5;
/** Seconds of sound that are compared: about a syllable, so that it is there only once. */
const PATTERN_S = 0.12;
/** Seconds that live sound may lag behind what was recorded: the network, and its receiver's buffer. */
const LAG_S = 0.3;
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
 * Where to go over from one to the other, now that this much is live; undefined where the recording's end
 * may still come.
 * @param live its beginning, as much as is there
 * @param rate samples a second of both
 */
export function seamByNow(recorded: Int16Array, live: Int16Array, rate: number): Seam | undefined {
  const length = Math.round(PATTERN_S * rate);
  const sounding = live.length - soundsFrom(live);
  const reach = recorded.length - sounding - Math.round(LAG_S * rate);
  const [last] = loudFromEnd(recorded, length);
  // Nothing is said, or only before anything of what is live.
  if (last === undefined || last + length < reach) return apart(recorded, live);
  return meet(recorded, last, live, length);
}

/**
 * Where to go over, as nothing more is waited for. Where they have nothing in common, or nothing is said,
 * all is kept but the silence that stands for live sound which has not come yet.
 * @param live its beginning, as much as is there
 * @param rate samples a second of both
 */
export function seam(recorded: Int16Array, live: Int16Array, rate: number): Seam {
  const length = Math.round(PATTERN_S * rate);
  const begin = recorded.length - Math.round(SEARCH_S * rate);
  for (const at of loudFromEnd(recorded, length)) {
    if (at < begin) break;
    const found = meet(recorded, at, live, length);
    if (found) return found;
  }
  return apart(recorded, live);
}

function meet(recorded: Int16Array, at: number, live: Int16Array, length: number) {
  const found = find(recorded.subarray(at, at + length), live);
  return found === undefined ? undefined : { recorded: at, live: found };
}

const apart = (recorded: Int16Array, live: Int16Array): Seam => ({
  recorded: recorded.length,
  live: soundsFrom(live),
});

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

/** Where stretches of this length begin in which something is said, the last first. */
function* loudFromEnd(sound: Int16Array, length: number): Generator<number> {
  const step = length >> 2;
  for (let at = sound.length - length; at >= 0; at -= step) {
    if (Math.sqrt(energy(sound, at, length) / length) >= LOUD) yield at;
  }
}

/** Where the pattern is in the sound: roughly, then to the sample. */
function find(pattern: Int16Array, sound: Int16Array): number | undefined {
  const rough = best(thinned(pattern), thinned(sound));
  if (rough.alike < ALIKE) return undefined;
  const from = Math.max(0, (rough.at - 1) * ROUGH);
  const to = Math.min(sound.length, (rough.at + 1) * ROUGH + pattern.length);
  // Roughly, another sound of the same voice may be as much alike.
  const { at, alike } = best(pattern, sound.subarray(from, to));
  return alike < ALIKE ? undefined : from + at;
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
