// Speech for tests: synthesises the callers' voices and transcribes the agent's captured audio, both with the running
// speech server.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseWav, wavHeader } from '@/agent/speech/pcm';

/** Sample rate of the captured audio, in hertz. */
export const EAR_RATE = 16_000;

const said = new Map<string, Promise<Buffer>>();

/** A WAV of `text` in a caller's voice, cached for the run. */
export function speak(speechUrl: string, text: string, voice = 'rms'): Promise<Buffer> {
  const key = `${voice}:${text}`;
  const known = said.get(key);
  if (known) return known;
  const made = fetch(`${speechUrl}/v1/audio/speech`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'flite', voice, input: text, response_format: 'wav' }),
  }).then(async (answer) => {
    if (!answer.ok) throw new Error(`speech server: ${answer.status} ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  });
  said.set(key, made);
  return made;
}

/** Transcribes `pcm` (16 kHz, mono, s16le); empty for silence. */
export async function transcribe(speechUrl: string, pcm: Buffer): Promise<string> {
  const parts = split(pcm);
  const texts: string[] = [];
  for (const part of parts) {
    const form = new FormData();
    form.set('model', 'moonshine-tiny');
    form.set('file', new File([new Uint8Array(wav(part))], 'heard.wav', { type: 'audio/wav' }));
    const answer = await fetch(`${speechUrl}/v1/audio/transcriptions`, {
      method: 'POST',
      body: form,
    });
    if (!answer.ok) throw new Error(`speech server: ${answer.status} ${await answer.text()}`);
    texts.push(((await answer.json()) as { text: string }).text);
  }
  return texts.join(' ').trim();
}

/** Consecutive samples below this level count as a pause. Speech of the built-in voices peaks above 8,000. */
const QUIET = 300;
/** Audio is split at pauses longer than this: the recognizer expects single utterances. */
const PAUSE_SAMPLES = EAR_RATE * 0.7;
/** Sounds shorter than this are clicks, not words. */
const WORD_SAMPLES = EAR_RATE * 0.15;

/** Splits speech at longer pauses; each part keeps a little silence around it. */
function split(pcm: Buffer): Buffer[] {
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length >> 1);
  const parts: Buffer[] = [];
  let start = -1;
  let last = -1;
  const close = () => {
    if (start < 0 || last - start < WORD_SAMPLES) return;
    const from = Math.max(0, start - EAR_RATE * 0.2);
    const to = Math.min(samples.length, last + EAR_RATE * 0.2);
    parts.push(pcm.subarray(Math.floor(from) * 2, Math.floor(to) * 2));
  };
  for (let i = 0; i < samples.length; i++) {
    if (Math.abs(samples[i] ?? 0) < QUIET) continue;
    if (start >= 0 && i - last > PAUSE_SAMPLES) {
      close();
      start = i;
    }
    if (start < 0) start = i;
    last = i;
  }
  close();
  return parts;
}

/** Wraps `pcm` as a WAV. */
function wav(pcm: Buffer): Buffer {
  return Buffer.concat([wavHeader(EAR_RATE, pcm.length), pcm]);
}

/** Words of a text, ignoring case and hyphens. */
export const wordsIn = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/-/g, '')
    .match(/[a-z']+/g) ?? [];

/**
 * Share of an agent's words that must be recognized in its captured audio. Measured with the real recognizer: sentences
 * of the built-in voices reach 0.8 to 1; sentences that were not said stay under 0.3.
 */
export const HEARD_SHARE = 0.6;

/** Share (0 to 1) of the words of `said` that are in `heard`. Small recognizers miss some. */
export function wordsKept(said: string, heard: string): number {
  const there = new Set(wordsIn(heard));
  const wanted = wordsIn(said);
  return wanted.filter((word) => there.has(word)).length / wanted.length;
}

/** Seconds of silence, or a WAV of 16 kHz. */
type Piece = { silence: number } | { audio: Buffer };

/** Writes a caller's side of a whole call to `file`, for the browser's fake microphone; resolves to the path. */
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
