// WAV files with 16-bit PCM, the audio format of the speech APIs.

/** Bytes of the header that {@link wavHeader} writes. */
const HEADER = 44;

/** A WAV file's content. */
export interface Wav {
  /** Samples a second. */
  readonly rate: number;
  readonly channels: number;
  /** Interleaved 16-bit little-endian samples. */
  readonly data: Uint8Array;
}

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
  for (let at = 12; at + 8 <= bytes.length; ) {
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

/** Header of a mono file; without a length (bytes), of a stream of unknown length. */
export function wavHeader(rate: number, length?: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  const put = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
  const unknown = 0xffff_ffff;
  put(0, 'RIFF');
  view.setUint32(4, length === undefined ? unknown : HEADER - 8 + length, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, length ?? unknown, true);
  return header;
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
