// Audio as samples from -1 to 1 at one rate: concatenating, mixing, background noise.

/** Samples a second of all audio here: that of the built-in voices and speech recognition. */
export const RATE = 16_000;

/** Amplitude of street noise: -40 dBFS. */
const STREET = 0.01;
/** Low-pass filter of street noise: the share of the previous sample. */
const DULL = 0.9;

/** Number of samples of that many milliseconds. */
export const samplesOf = (ms: number) => Math.round((ms * RATE) / 1_000);

/** Silence of that many milliseconds. */
export const quiet = (ms: number) => new Float32Array(samplesOf(ms));

/** Concatenates audio. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const sound = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    sound.set(part, at);
    at += part.length;
  }
  return sound;
}

/** Mixes two sounds. */
export function together(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(Math.max(one.length, other.length));
  both.set(one);
  return both.map((sample, at) => sample + (other[at] ?? 0));
}

/** Street noise of a given length. */
export function street(): (samples: number) => Float32Array {
  let before = 0;
  const level = 2 * STREET * Math.sqrt(3 * (1 - DULL * DULL));
  return (samples) =>
    new Float32Array(samples).map(() => {
      before = DULL * before + (Math.random() - 0.5) * level;
      return before;
    });
}

/** Samples in LiveKit's format, clipped. */
export const pcm = (sound: Float32Array) =>
  Int16Array.from(sound, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
