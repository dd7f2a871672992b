// Sound as samples from -1 to 1 at one rate: put together, made louder, with a street behind it.

/** Samples a second of all sound here: the built-in voices', and what the recogniser takes. */
export const RATE = 16_000;

/** Amplitude of a street's noise: -40 dBFS. */
const STREET = 0.01;
/** How much of each sample of noise is the one before: streets are dull. */
const DULL = 0.9;

/** Samples of that many milliseconds. */
export const samplesOf = (ms: number) => Math.round((ms * RATE) / 1_000);

/** Nothing, for that many milliseconds. */
export const quiet = (ms: number) => new Float32Array(samplesOf(ms));

/** One after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const sound = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    sound.set(part, at);
    at += part.length;
  }
  return sound;
}

/** Two at the same time. */
export function together(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(Math.max(one.length, other.length));
  both.set(one);
  return both.map((sample, at) => sample + (other[at] ?? 0));
}

/** A street, as long as it is asked for. */
export function street(): (samples: number) => Float32Array {
  let before = 0;
  const level = 2 * STREET * Math.sqrt(3 * (1 - DULL * DULL));
  return (samples) =>
    new Float32Array(samples).map(() => {
      before = DULL * before + (Math.random() - 0.5) * level;
      return before;
    });
}

/** Samples as LiveKit takes them, clipped. */
export const pcm = (sound: Float32Array) =>
  Int16Array.from(sound, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
