// The words on one channel of a recording, for tests.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseWav, wavHeader } from '../../../speech/pcm';

/**
 * Amplitude (of 32,767) below which audio is silence, and milliseconds of silence that end a
 * stretch of speech.
 */
const QUIET = 200;
const PAUSE_MS = 500;

/** Speech without long pauses, with some silence around it: STT stops at silence. */
function stretches(sound: Int16Array<ArrayBuffer>, rate: number): Int16Array<ArrayBuffer>[] {
  const pause = (rate * PAUSE_MS) / 1_000;
  const found: { from: number; to: number }[] = [];
  sound.forEach((sample, at) => {
    if (Math.abs(sample) < QUIET) return;
    const last = found.at(-1);
    if (last && at - last.to < pause) last.to = at;
    else found.push({ from: at, to: at });
  });
  const around = pause / 2;
  return found.map(({ from, to }) => sound.slice(Math.max(0, from - around), to + around));
}

/**
 * The words on one side.
 * @param speech address of the speech server, up to and including `/v1`
 * @param side 0 is left, the people; 1 is right, the agents
 */
export async function heardOn(speech: string, side: 0 | 1, file: string): Promise<string> {
  const { data, rate, channels } = parseWav(readFileSync(file));
  expect({ rate, channels }).toEqual({ rate: 16_000, channels: 2 });
  const both = new Int16Array(Uint8Array.from(data).buffer);
  const one = both.filter((_, at) => at % 2 === side);
  const words: string[] = [];
  for (const stretch of stretches(one, rate)) {
    const form = new FormData();
    form.set('model', 'moonshine-tiny');
    form.set('response_format', 'text');
    const wav = new Blob([wavHeader(rate, stretch.byteLength), stretch]);
    form.set('file', wav, 'side.wav');
    const answer = await fetch(`${speech}/audio/transcriptions`, { method: 'POST', body: form });
    words.push(await answer.text());
  }
  return words.join(' ');
}
