// A caller's side of a whole call in one file, for the browser's fake microphone.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseWav } from '@/agent/speech/wav';
import { EAR_RATE, wav } from './speech';

/** Seconds of silence, or a WAV of 16 kHz. */
export type Piece = { silence: number } | { audio: Buffer };

/** Writes the pieces to `file`, one after the other, and returns the path. */
export async function recordCaller(file: string, pieces: readonly Piece[]): Promise<string> {
  const pcm = pieces.map((piece) =>
    'silence' in piece
      ? Buffer.alloc(Math.round(piece.silence * EAR_RATE) * 2)
      : parseWav(piece.audio).data,
  );
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wav(Buffer.concat(pcm)));
  return file;
}
