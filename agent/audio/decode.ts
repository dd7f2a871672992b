// What a caller's device recorded, as plain samples. Browsers record WebM or Ogg with Opus, mobile
// clients raw samples; the ffmpeg that the agents framework brings reads all of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getFfmpegPath } from '@livekit/av';

/** A recording on its way. */
export interface Recorded {
  /** As the client names it; a type of its own ("audio/webm;codecs=opus"), or anything else for raw samples. */
  readonly mimeType: string;
  /** Samples a second and channels; of raw samples (s16le) only. */
  readonly rate: number;
  readonly channels: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Types of recordings that say themselves what they are. */
const CONTAINERS = /webm|ogg|opus|mp4|matroska/i;

/**
 * Bytes from which a recording, or its sound, is refused: 10 s of raw stereo at 48 kHz, the most clients send, is 2 MB.
 * A few bytes can say that they are hours of sound.
 */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Decodes while it arrives; resolves with mono samples when all of it is there.
 * @param rate samples a second of the answer
 * @param signal ends it
 * @throws where nothing of it can be read, with what ffmpeg says
 */
export async function decode(
  { mimeType, rate: from, channels, bytes }: Recorded,
  rate: number,
  signal: AbortSignal,
): Promise<Int16Array> {
  const raw = CONTAINERS.test(mimeType)
    ? []
    : ['-f', 's16le', '-ar', `${from}`, '-ac', `${channels}`];
  const quick = ['-hide_banner', '-loglevel', 'error', '-analyzeduration', '0'];
  const wanted = ['-f', 's16le', '-ar', `${rate}`, '-ac', '1'];
  const ffmpeg = spawn(
    getFfmpegPath() ?? 'ffmpeg',
    [...quick, ...raw, '-i', 'pipe:0', ...wanted, 'pipe:1'],
    { signal, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(ffmpeg, 'close');
  // Waited for when all is read; until then a failure is nobody's.
  ended.catch(() => undefined);
  const sound: Buffer[] = [];
  let decoded = 0;
  ffmpeg.stdout.on('data', (chunk: Buffer) => {
    decoded += chunk.length;
    if (decoded > MAX_BYTES) ffmpeg.kill('SIGKILL');
    else sound.push(chunk);
  });
  let said = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  // One that ended early takes no more; what it says of that comes with its end.
  ffmpeg.stdin.on('error', () => undefined);
  try {
    let size = 0;
    for await (const piece of bytes) {
      size += piece.length;
      if (size > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
      ffmpeg.stdin.write(piece);
    }
    ffmpeg.stdin.end();
    await ended;
  } catch (error) {
    ffmpeg.kill('SIGKILL');
    await ended.catch(() => undefined);
    throw error;
  }
  if (decoded > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes of sound`);
  const { buffer, byteOffset, length } = Buffer.concat(sound);
  if (length < 2) throw new Error(`no sound in ${mimeType}: ${said.trim()}`);
  return new Int16Array(buffer.slice(byteOffset, byteOffset + length - (length % 2)));
}
