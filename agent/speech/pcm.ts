// Audio arithmetic: sample rate, level, silence; and 16-bit PCM with its WAV files, the format of the speech APIs.
// Samples are floats from -1 to 1, mono.

/** Zero crossings of the low-pass filter on each side: 16 avoids audible aliasing in speech. */
const CROSSINGS = 16;
/** Amplitude below which a sample counts as silence: -46 dBFS. */
const SILENCE = 0.005;
/** Amplitude of breath and noise within a pause: -42 dBFS. */
const FAINT = 0.008;
/** Silent samples that are a pause and not the closure of a consonant: 70 ms at 16 kHz. */
const GAP = 1_120;
/** Samples of a level window: 10 ms at 16 kHz. */
const WINDOW = 160;

/** Resamples audio to another rate (Hz) by a windowed-sinc filter with one table row per phase. */
export function resample(sound: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return sound;
  const divisor = gcd(from, to);
  const up = to / divisor;
  const down = from / divisor;
  const cutoff = Math.min(1, to / from);
  const reach = Math.ceil(CROSSINGS / cutoff);
  const table = Array.from({ length: up }, (_, phase) => kernel(phase / up, cutoff, reach));
  const out = new Float32Array(Math.ceil((sound.length * to) / from));
  for (let i = 0; i < out.length; i++) {
    const at = i * down;
    const first = Math.floor(at / up) - reach + 1;
    const row = table[at % up] as Float32Array;
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += (sound[first + k] ?? 0) * (row[k] as number);
    out[i] = sum;
  }
  return out;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function kernel(fraction: number, cutoff: number, reach: number): Float32Array {
  const row = new Float32Array(2 * reach);
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    const x = k - reach + 1 - fraction;
    const angle = Math.PI * x * cutoff;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    const hann = 0.5 + 0.5 * Math.cos((Math.PI * x) / (reach + 1));
    row[k] = sinc * hann;
    sum += row[k] as number;
  }
  return row.map((value) => value / sum);
}

/** Mixes interleaved channels to mono. */
export function mixed(sound: Float32Array, channels: number): Float32Array {
  if (channels === 1) return sound;
  const out = new Float32Array(Math.floor(sound.length / channels));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += sound[i * channels + c] ?? 0;
    out[i] = sum / channels;
  }
  return out;
}

/** Trims silence at both ends. */
export function trimmed(sound: Float32Array): Float32Array {
  const start = sound.findIndex((sample) => Math.abs(sample) > SILENCE);
  if (start === -1) return new Float32Array();
  const end = sound.findLastIndex((sample) => Math.abs(sample) > SILENCE) + 1;
  // A soft onset or end of a word is below the threshold: keep one window of it.
  return sound.slice(Math.max(0, start - WINDOW), Math.min(sound.length, end + WINDOW));
}

/** Adds this many samples of silence before and after. */
export function padded(sound: Float32Array, before: number, after: number): Float32Array {
  const out = new Float32Array(before + sound.length + after);
  out.set(sound, before);
  return out;
}

/** Fades in and out over this many samples: a step would click. */
export function eased(sound: Float32Array, samples: number): Float32Array {
  const last = sound.length - 1;
  return sound.map((sample, i) => sample * Math.min(1, i / samples, (last - i) / samples));
}

/**
 * Lengthens the longest silences.
 * @param count how many: the commas, because a closed "t" is silent too, but shorter
 * @param length minimum samples of each
 */
export function withPauses(sound: Float32Array, count: number, length: number): Float32Array {
  const longest = silences(sound)
    .sort((a, b) => b.size - a.size)
    .slice(0, count)
    .filter(({ size }) => size < length)
    .sort((a, b) => a.at - b.at);
  const out = new Float32Array(
    longest.reduce((sum, { size }) => sum + length - size, sound.length),
  );
  let from = 0;
  let to = 0;
  for (const { at, size } of [...longest, { at: sound.length, size: 0 }]) {
    const middle = at + Math.floor(size / 2);
    out.set(sound.subarray(from, middle), to);
    to += middle - from + Math.max(0, length - size);
    from = middle;
  }
  return out;
}

/** Silent stretches of at least {@link GAP}, not at the ends. */
function silences(sound: Float32Array): { at: number; size: number }[] {
  const found: { at: number; size: number }[] = [];
  let at = sound.findIndex((sample) => Math.abs(sample) > FAINT) + 1;
  for (let i = at; i < sound.length; i++) {
    if (Math.abs(sound[i] as number) <= FAINT) continue;
    if (i - at >= GAP) found.push({ at, size: i - at });
    at = i + 1;
  }
  return found;
}

/** Index of the quietest 10 ms between two indices: the best place to cut. */
export function quietest(sound: Float32Array, from: number, to: number): number {
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at + WINDOW <= to; at += WINDOW) {
    let energy = 0;
    for (let i = at; i < at + WINDOW; i++) energy += (sound[i] as number) ** 2;
    if (energy < least) {
      least = energy;
      best = at + WINDOW / 2;
    }
  }
  return best;
}

/** 16-bit little-endian bytes to samples. An odd last byte is dropped. */
export function fromPcm16(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(bytes.byteLength >> 1);
  for (let i = 0; i < out.length; i++) out[i] = view.getInt16(2 * i, true) / 32_768;
  return out;
}

/** Samples to 16-bit little-endian bytes, clipped. */
export function toPcm16(sound: Float32Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(sound.length * 2);
  const view = new DataView(out.buffer);
  sound.forEach((sample, i) => {
    view.setInt16(2 * i, Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))), true);
  });
  return out;
}

/** Bytes of the header that {@link wavHeader} writes. */
export const WAV_HEADER_BYTES = 44;

/** A WAV file's content. */
export interface Wav {
  readonly rate: number;
  readonly channels: number;
  /** Interleaved 16-bit little-endian samples. */
  readonly data: Uint8Array;
}

/** Maximum parts of a WAV file before its sound; usual are up to five. Our own choice: a file can have millions of empty ones. */
const CHUNKS_MAX = 100;

/** Whether bytes begin like a WAV file. */
export function isWav(bytes: Uint8Array): boolean {
  return ascii(bytes, 0) === 'RIFF' && ascii(bytes, 8) === 'WAVE';
}

/**
 * Reads a WAV file. Sizes left at their maximum by streaming writers mean "to the end".
 * @throws {Error} a sentence for people, if it is not 16-bit PCM
 */
export function parseWav(bytes: Uint8Array): Wav {
  if (!isWav(bytes)) throw new Error('This is not a WAV file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: { coding: number; channels: number; rate: number; bits: number } | undefined;
  for (let at = 12, chunks = 0; at + 8 <= bytes.length && chunks < CHUNKS_MAX; chunks += 1) {
    const name = ascii(bytes, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (name === 'fmt ' && body + 16 <= bytes.length) {
      format = {
        coding: view.getUint16(body, true),
        channels: view.getUint16(body + 2, true),
        rate: view.getUint32(body + 4, true),
        bits: view.getUint16(body + 14, true),
      };
    }
    if (name === 'data') {
      if (!format) break;
      // 0xFFFE is "extensible": the bit depth is what matters here.
      if (![1, 0xfffe].includes(format.coding) || format.bits !== 16 || format.channels < 1) {
        throw new Error('This WAV file is not 16-bit PCM.');
      }
      const data = bytes.subarray(body, Math.min(bytes.length, body + size));
      return { rate: format.rate, channels: format.channels, data };
    }
    at = body + size + (size % 2);
  }
  throw new Error('This WAV file has no sound in it.');
}

/** Header of a file with 16-bit samples; without a length (bytes), of a stream of unknown length. */
export function wavHeader(rate: number, length?: number, channels = 1): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const put = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
  const unknown = 0xffff_ffff;
  put(0, 'RIFF');
  view.setUint32(4, length === undefined ? unknown : WAV_HEADER_BYTES - 8 + length, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, length ?? unknown, true);
  return header;
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
