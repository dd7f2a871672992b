// What is heard in a recording, for tests: the words of one of its channels.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseWav, wavHeader } from '../../speech/wav';

/**
 * The words of one side.
 * @param speech address of the speech server, up to and with `/v1`
 * @param side 0 is left, the people; 1 is right, the agents
 */
export async function heardOn(speech: string, side: 0 | 1, file: string): Promise<string> {
  const { data, rate, channels } = parseWav(readFileSync(file));
  expect({ rate, channels }).toEqual({ rate: 16_000, channels: 2 });
  const both = new Int16Array(Uint8Array.from(data).buffer);
  const one = both.filter((_, at) => at % 2 === side);
  const form = new FormData();
  form.set('model', 'moonshine-tiny');
  form.set('response_format', 'text');
  const wav = new Blob([wavHeader(rate, one.byteLength), one]);
  form.set('file', wav, 'side.wav');
  const answer = await fetch(`${speech}/audio/transcriptions`, { method: 'POST', body: form });
  return answer.text();
}
