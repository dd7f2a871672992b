// The speech server as its users see it: through the official OpenAI client, with the real engines.
import OpenAI, { APIError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEngines } from './engines';
import { fromPcm16, resample, toPcm16 } from './pcm';
import { spoken } from './spoken/spoken';
import { type SpeechProcess, startSpeech } from './start';
import { parseWav, wavHeader } from './wav';

/** White noise, the same in each run. */
function hiss(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (state / 2 ** 32) * 0.2 - 0.1;
  };
}

const SENTENCE = 'We are open from nine to five on weekdays.';
let speech: SpeechProcess;
let client: OpenAI;

/** As words: the recogniser writes "nine to five" as it likes. */
const words = (text: string) =>
  spoken(text)
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '');
const make = (over: object = {}) =>
  client.audio.speech.create({
    model: 'flite',
    voice: 'slt',
    input: SENTENCE,
    response_format: 'wav',
    ...over,
  } as OpenAI.Audio.SpeechCreateParams);
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const hear = (file: File, over: object = {}) =>
  client.audio.transcriptions.create({ model: 'moonshine-tiny', file, ...over });
const wavFile = (bytes: Uint8Array) => toFile(bytes, 'a.wav', { type: 'audio/wav' });
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined).catch((reason) => reason);
  expect(error).toBeInstanceOf(APIError);
  return error as APIError & { error: { valid?: string[] } };
};

beforeAll(async () => {
  speech = await startSpeech('127.0.0.1', 0, loadEngines);
  const early = await fetch(speech.url.replace('/v1', '/health'));
  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('1');
  await speech.ready;
  client = new OpenAI({ baseURL: speech.url, apiKey: 'none', maxRetries: 0 });
}, 60_000);
afterAll(() => speech.close());

describe('what goes in comes out', () => {
  test.each(['slt', 'rms', 'awb'])('voice %s, as WAV', async (voice) => {
    const bytes = await bytesOf(await make({ voice }));
    expect(parseWav(bytes).rate).toBe(16_000);
    const { text } = await hear(await wavFile(bytes));
    expect(words(text)).toBe(words(SENTENCE));
  });

  test('pcm is 24 kHz, and raw pcm is heard at the rate that is told', async () => {
    const wav = parseWav(await bytesOf(await make()));
    const pcm = await bytesOf(await make({ response_format: 'pcm' }));
    expect(pcm.length / 24_000).toBeCloseTo(wav.data.length / 16_000, 2);
    const file = await toFile(pcm, 'a.pcm', { type: 'audio/pcm' });
    expect(words((await hear(file, { rate: 24_000 })).text)).toBe(words(SENTENCE));
    const plain = await toFile(wav.data, 'sound', { type: 'audio/L16' });
    expect(words((await hear(plain)).text)).toBe(words(SENTENCE));
  });

  test.each([
    [8_000, 1],
    [44_100, 2],
    [48_000, 1],
  ])('WAV at %i Hz with %i channels', async (rate, channels) => {
    const { data } = parseWav(await bytesOf(await make()));
    const sound = resample(fromPcm16(data), 16_000, rate);
    const both = new Float32Array(sound.length * channels).map(
      (_, i) => sound[Math.floor(i / channels)] ?? 0,
    );
    const header = wavHeader(rate, both.length * 2);
    new DataView(header.buffer).setUint16(22, channels, true);
    const { text } = await hear(await wavFile(Buffer.concat([header, toPcm16(both)])));
    expect(words(text)).toBe(words(SENTENCE));
  });

  test('text and verbose_json', async () => {
    const bytes = await bytesOf(await make());
    const text = await hear(await wavFile(bytes), { response_format: 'text' });
    expect(words(String(text))).toBe(words(SENTENCE));
    const verbose = await hear(await wavFile(bytes), { response_format: 'verbose_json' });
    expect(verbose).toMatchObject({ language: 'english', segments: [{ id: 0, start: 0 }] });
    expect((verbose as unknown as { duration: number }).duration).toBeCloseTo(
      parseWav(bytes).data.length / 32_000,
      2,
    );
  });

  test('speed changes how long it takes', async () => {
    const [usual, fast] = await Promise.all(
      [make(), make({ speed: 2 })].map(async (a) => bytesOf(await a)),
    );
    expect((usual?.length ?? 0) / (fast?.length ?? 1)).toBeGreaterThan(1.6);
  });

  test('long speech is heard to its end', async () => {
    const input = `${SENTENCE} `.repeat(6);
    const { text } = await hear(await wavFile(await bytesOf(await make({ input }))));
    expect(words(text).match(/weekdays/g)).toHaveLength(6);
  });

  test.each([
    ['silence', () => 0],
    ['noise', hiss()],
    ['a tone', (_: number, i: number) => Math.sin(i / 6) * 0.3],
  ])('%s is no speech', async (_name, sample) => {
    const sound = toPcm16(new Float32Array(32_000).map(sample));
    const file = await wavFile(Buffer.concat([wavHeader(16_000, sound.length), sound]));
    expect((await hear(file)).text).toBe('');
  });

  test('the first sentence arrives while the others are still to be made', async () => {
    const input = Array.from({ length: 12 }, (_, i) => `Sentence ${i} of this tale is long.`).join(
      ' ',
    );
    const started = performance.now();
    const reader = (await make({ input, response_format: 'pcm' })).body?.getReader();
    await reader?.read();
    const first = performance.now() - started;
    while (!(await reader?.read())?.done);
    expect(first).toBeLessThan((performance.now() - started) / 2);
  });

  test('a text without words has no sound and is no error', async () => {
    expect((await bytesOf(await make({ input: '🙂', response_format: 'pcm' }))).length).toBe(0);
  });
});

describe('what is refused', () => {
  test.each<[object, number, string, string[] | undefined]>([
    [{ model: 'tts-1' }, 404, 'unknown_model', ['flite']],
    [{ voice: 'alloy' }, 400, 'unknown_voice', ['slt', 'rms', 'awb', 'kal16']],
    [{ response_format: 'mp3' }, 400, 'unknown_format', ['wav', 'pcm']],
    [{ input: '  ' }, 400, 'invalid_request', undefined],
    [{ input: 'a'.repeat(4_097) }, 400, 'invalid_request', undefined],
    [{ speed: 9 }, 400, 'invalid_request', undefined],
  ])('speech with %o', async (over, status, code, valid) => {
    const error = await problem(make(over));
    expect(error).toMatchObject({ status, code });
    expect(error.message).toContain(valid?.[0] ?? 'cannot be used');
  });

  test.each([
    [
      'an unknown model',
      { model: 'whisper-1' },
      Buffer.alloc(3_200),
      'a.pcm',
      404,
      'unknown_model',
    ],
    [
      'an unknown format',
      { response_format: 'srt' },
      Buffer.alloc(9),
      'a.pcm',
      400,
      'unknown_format',
    ],
    ['another language', { language: 'de' }, Buffer.alloc(9), 'a.pcm', 400, 'invalid_request'],
    ['nothing', {}, Buffer.alloc(0), 'a.wav', 400, 'empty_audio'],
    ['a header alone', {}, wavHeader(16_000, 0), 'a.wav', 400, 'empty_audio'],
    ['no sound file', {}, Buffer.from('hello, hello, hello'), 'a.txt', 415, 'unsupported_audio'],
    ['too long', {}, Buffer.alloc(301 * 32_000), 'a.pcm', 413, 'audio_too_long'],
    ['too large', {}, Buffer.alloc(26 * 1024 * 1024), 'a.pcm', 413, 'too_large'],
  ])('transcription of %s', async (_name, over, bytes, name, status, code) => {
    const error = await problem(hear(await toFile(bytes, name), over));
    expect(error).toMatchObject({ status, code });
  });

  test('refusals are problem documents with the valid values', async () => {
    const answer = await fetch(`${speech.url}/audio/speech`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'flite', input: 'Hello.', voice: 'Ada' }),
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: 'urn:callboard:problem:unknown_voice',
      title: 'Unknown voice',
      status: 400,
      valid: ['slt', 'rms', 'awb', 'kal16'],
    });
    expect((await fetch(`${speech.url}/audio/speech`)).status).toBe(405);
    expect((await fetch(`${speech.url}/chat/completions`)).status).toBe(404);
    const noForm = await fetch(`${speech.url}/audio/transcriptions`, { method: 'POST', body: 'x' });
    expect(noForm.status).toBe(415);
  });
});

describe('under load', () => {
  test('past the bound: 503 with Retry-After, and the others are served', async () => {
    const file = await wavFile(await bytesOf(await make({ input: 'Yes.' })));
    const all = await Promise.all(
      Array.from({ length: 40 }, () => hear(file).catch((error: APIError) => error)),
    );
    const refused = all.filter((answer) => answer instanceof APIError);
    // Seventeen fit; a few more while the first are done.
    expect(refused.length).toBeGreaterThan(5);
    expect(all.length - refused.length).toBeGreaterThanOrEqual(17);
    for (const error of refused) {
      expect(error).toMatchObject({ status: 503, code: 'busy' });
      expect(error.headers?.get('retry-after')).toBe('1');
    }
  });

  test('who went away is not worked for', async () => {
    const file = await wavFile(await bytesOf(await make({ input: `${SENTENCE} `.repeat(8) })));
    const gone = new AbortController();
    const { signal } = gone;
    const left = Array.from({ length: 40 }, () =>
      client.audio.transcriptions.create({ model: 'moonshine-tiny', file }, { signal }),
    );
    const settled = Promise.allSettled(left);
    const refused = left.map(async (one) =>
      expect(await problem(one)).toMatchObject({ status: 503 }),
    );
    await Promise.any(refused);
    gone.abort();
    await settled;
    const started = performance.now();
    await hear(file);
    const after = performance.now() - started;
    const again = performance.now();
    await hear(file);
    // Behind seventeen others it would take as many times as long.
    expect(after).toBeLessThan(8 * (performance.now() - again));
  });
});

test('health and models', async () => {
  const health = await fetch(speech.url.replace('/v1', '/health'));
  expect(health.status).toBe(200);
  const models = await client.models.list();
  expect(models.data.map((model) => model.id)).toEqual(['moonshine-tiny', 'flite']);
});
