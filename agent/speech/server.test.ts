// The speech server's API through the official OpenAI client, with fake engines. round-trip.test.ts
// tests the real ones.
import OpenAI, { APIError, toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type SpeechProcess, startSpeech } from '@/agent/speech/api';
import type { Engines } from '@/agent/speech/engines';
import { Gate } from '@/agent/speech/gate';
import { fromPcm16, parseWav, resample, toPcm16, wavHeader } from '@/agent/speech/pcm';
import { fakeEngines } from '@/agent/testing/fake-speech';

const SENTENCE = 'We are open from nine to five on weekdays.';
let speech: SpeechProcess;
let client: OpenAI;

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

/** A server with these engines, which closes with the test, and a client for it. */
async function serverWith(engines: Partial<Engines>) {
  const own = await startSpeech('127.0.0.1', 0, async () => ({ ...fakeEngines, ...engines }));
  onTestFinished(() => own.close());
  await own.ready;
  return new OpenAI({ baseURL: own.url, apiKey: 'none', maxRetries: 0 });
}

/** A WAV file of silence. */
const wavOf = (rate: number, channels = 1, size = 1_000) =>
  Buffer.concat([wavHeader(rate, size, channels), Buffer.alloc(size)]);
/** A WAV file that is valid but for empty parts before its sound. */
const emptyParts = (count: number) =>
  Buffer.concat([
    wavOf(16_000).subarray(0, 36),
    Buffer.from('junk\0\0\0\0'.repeat(count)),
    wavOf(16_000).subarray(36),
  ]);

/** A promise that is resolved by hand. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

beforeAll(async () => {
  const loading = gate();
  speech = await startSpeech('127.0.0.1', 0, async () => {
    await loading.opened;
    return fakeEngines;
  });
  const early = await fetch(speech.url.replace('/v1', '/health'));
  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('1');
  loading.open();
  await speech.ready;
  client = new OpenAI({ baseURL: speech.url, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => speech.close());

describe('input and output', () => {
  test('pcm is 24 kHz, and raw pcm is read at the given rate', async () => {
    const wav = parseWav(await bytesOf(await make()));
    const pcm = await bytesOf(await make({ response_format: 'pcm' }));
    expect(pcm.length / 24_000).toBeCloseTo(wav.data.length / 16_000, 2);
    const file = await toFile(pcm, 'a.pcm', { type: 'audio/pcm' });
    expect((await hear(file, { rate: 24_000 })).text).toBe(SENTENCE);
    const plain = await toFile(wav.data, 'sound', { type: 'audio/L16' });
    expect((await hear(plain)).text).toBe(SENTENCE);
  });

  test.each([
    [22_050, 1],
    [44_100, 2],
    [48_000, 1],
  ])('WAV at %i Hz with %i channels', async (rate, channels) => {
    const { data } = parseWav(await bytesOf(await make()));
    const sound = resample(fromPcm16(data), 16_000, rate);
    const both = new Float32Array(sound.length * channels).map(
      (_, i) => sound[Math.floor(i / channels)] ?? 0,
    );
    const header = wavHeader(rate, both.length * 2, channels);
    const { text } = await hear(await wavFile(Buffer.concat([header, toPcm16(both)])));
    expect(text).toBe(SENTENCE);
  });

  test('text and verbose_json', async () => {
    const bytes = await bytesOf(await make());
    const text = await hear(await wavFile(bytes), { response_format: 'text' });
    expect(String(text)).toBe(SENTENCE);
    const verbose = await hear(await wavFile(bytes), { response_format: 'verbose_json' });
    expect(verbose).toMatchObject({ language: 'english', segments: [{ id: 0, start: 0 }] });
    expect((verbose as unknown as { duration: number }).duration).toBeCloseTo(
      parseWav(bytes).data.length / 32_000,
      2,
    );
  });

  test('the first sentence arrives while the others are still being synthesized', async () => {
    const others = gate();
    const made: string[] = [];
    const slow = await serverWith({
      flite: {
        words: (text) => text,
        speak(sentence) {
          made.push(sentence);
          return new Float32Array(16_000);
        },
      },
      speaking: {
        run: async (job: () => Float32Array) => {
          if (made.length > 0) await others.opened;
          return job();
        },
      } as unknown as Gate,
    });
    const answer = await slow.audio.speech.create({
      model: 'flite',
      voice: 'slt',
      input: 'One is first. Two is second. Three is third.',
      response_format: 'pcm',
    });
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    expect(made).toEqual(['One is first.']);
    others.open();
    while (!(await reader?.read())?.done);
    expect(made).toHaveLength(3);
  });

  test('a text without words has no audio and is not an error', async () => {
    expect((await bytesOf(await make({ input: '🙂', response_format: 'pcm' }))).length).toBe(0);
  });
});

describe('refusals', () => {
  test.each<[object, number, string, string[] | undefined]>([
    [{ model: 'tts-1' }, 404, 'unknown_model', ['flite']],
    [{ voice: 'alloy' }, 400, 'unknown_voice', ['slt', 'rms', 'awb', 'kal16']],
    [{ response_format: 'mp3' }, 400, 'unknown_format', ['wav', 'pcm']],
    [{ input: 'a'.repeat(4_097) }, 400, 'invalid_request', undefined],
    [{ input: '\ufdfa'.repeat(1_000) }, 400, 'invalid_request', undefined],
    [{ voice: 'a'.repeat(201) }, 400, 'invalid_request', undefined],
  ])('speech with %o', async (over, status, code, valid) => {
    const error = await problem(make(over));
    expect(error).toMatchObject({ status, code });
    expect(error.message).toMatch(
      valid?.[0] ?? /^400 The field \w+ may .* at most \d+ characters\.$/,
    );
  });

  test.each([
    ['another language', { language: 'de' }, Buffer.alloc(9), 'a.pcm', 400, 'invalid_request'],
    ['nothing', {}, Buffer.alloc(0), 'a.wav', 400, 'empty_audio'],
    ['a header alone', {}, wavHeader(16_000, 0), 'a.wav', 400, 'empty_audio'],
    ['no sound file', {}, Buffer.from('hello, hello, hello'), 'a.txt', 415, 'unsupported_audio'],
    ['too long', {}, Buffer.alloc(301 * 32_000), 'a.pcm', 413, 'audio_too_long'],
    ['too large', {}, Buffer.alloc(26 * 1024 * 1024), 'a.pcm', 413, 'too_large'],
    [
      'a long prompt',
      { prompt: 'a, '.repeat(1_400) },
      Buffer.alloc(9),
      'a.pcm',
      400,
      'invalid_request',
    ],
    ['a long word', { prompt: 'a'.repeat(65) }, Buffer.alloc(9), 'a.pcm', 400, 'invalid_request'],
    [
      'a long language',
      { language: 'e'.repeat(201) },
      Buffer.alloc(9),
      'a.pcm',
      400,
      'invalid_request',
    ],
    ['an odd rate', { rate: 15_999 }, Buffer.alloc(9), 'a.pcm', 400, 'invalid_request'],
    ['an odd rate in WAV', {}, wavOf(95_999), 'a.wav', 415, 'unsupported_audio'],
    ['many channels', {}, wavOf(8_000, 16, 20_000_000), 'a.wav', 413, 'audio_too_long'],
    ['endless empty parts', {}, emptyParts(1_000), 'a.wav', 415, 'unsupported_audio'],
  ])('transcription of %s', async (_name, over, bytes, name, status, code) => {
    const error = await problem(hear(await toFile(bytes, name), over));
    expect(error).toMatchObject({ status, code });
  });

  test('forms with many fields or long headers, and others', async () => {
    const post = async (body: BodyInit, type: string) => {
      const headers = { 'content-type': type };
      const answer = await fetch(`${speech.url}/audio/transcriptions`, {
        method: 'POST',
        headers,
        body,
      });
      return answer.status;
    };
    const form = 'multipart/form-data; boundary=b';
    const field = (headers: string) =>
      `--b\r\n${headers}Content-Disposition: form-data; name="a"\r\n\r\nx\r\n`;
    expect(await post(`${field('').repeat(21)}--b--\r\n`, form)).toBe(400);
    expect(await post(`${field('A: b\r\n'.repeat(1_000))}--b--\r\n`, form)).toBe(400);
    expect(await post(`--b\r\n${'A: b\r\n'.repeat(1_000)}--b--\r\n`, form)).toBe(400);
    expect(await post('model=moonshine-tiny', 'application/x-www-form-urlencoded')).toBe(415);
    expect(await post('x', 'multipart/form-data')).toBe(415);
    // No field is missing but the file.
    const model =
      '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nmoonshine-tiny\r\n--b--\r\n';
    expect(await post(model, 'multipart/form-data; charset=utf-8; boundary="b"')).toBe(400);
  });

  test('a large text is refused before it is parsed', async () => {
    const error = await problem(make({ input: 'a'.repeat(100_000) }));
    expect(error).toMatchObject({ status: 413, code: 'too_large' });
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

test('long audio is transcribed in parts, between which others have their turn', async () => {
  const order: string[] = [];
  const open = gate();
  const own = await serverWith({
    moonshine: {
      async transcribe(sound) {
        if (order.length === 0) await open.opened;
        order.push(sound.length > 16_000 ? 'part' : 'short');
        return 'Yes.';
      },
    },
    listening: new Gate(2),
  });
  const ask = async (samples: number) =>
    own.audio.transcriptions.create({
      model: 'moonshine-tiny',
      file: await toFile(Buffer.alloc(2 * samples), 'a.pcm', { type: 'audio/pcm' }),
    });
  const long = ask(60 * 16_000);
  const short = ask(16_000);
  open.open();
  await Promise.all([long, short]);
  expect(order.filter((one) => one === 'part').length).toBeGreaterThanOrEqual(5);
  expect(order.indexOf('short')).toBeLessThan(3);
});

test('the recognizer gets the prompt: the words that are likely', async () => {
  const prompts: (string | undefined)[] = [];
  const own = await serverWith({
    moonshine: {
      async transcribe(_, __, prompt) {
        prompts.push(prompt);
        return 'Yes.';
      },
    },
  });
  const file = await wavFile(await bytesOf(await make({ input: 'Yes.' })));
  const model = 'moonshine-tiny';
  await own.audio.transcriptions.create({ model, file, prompt: 'bill, dentist' });
  await own.audio.transcriptions.create({ model, file });
  expect(prompts).toEqual(['bill, dentist', undefined]);
});

describe('under load', () => {
  /** A server that transcribes one request at a time when released, with a queue of two. */
  async function busy() {
    const going = gate();
    const heard: Float32Array[] = [];
    const signals: AbortSignal[] = [];
    const places = new Gate(2);
    const own = await serverWith({
      moonshine: {
        async transcribe(sound) {
          heard.push(sound);
          await going.opened;
          return 'Yes.';
        },
      },
      listening: {
        run<T>(job: () => Promise<T>, signal: AbortSignal) {
          signals.push(signal);
          return places.run(job, signal);
        },
      } as Gate,
    });
    const file = await wavFile(await bytesOf(await make({ input: 'Yes.' })));
    const ask = (signal?: AbortSignal) =>
      own.audio.transcriptions.create({ model: 'moonshine-tiny', file }, { signal });
    return { ask, heard, signals, release: going.open };
  }

  test('disconnected clients are skipped', async () => {
    const { ask, heard, signals, release } = await busy();
    const gone = new AbortController();
    const left = [ask(gone.signal), ask(gone.signal), ask(gone.signal)];
    const settled = Promise.allSettled(left);
    await expect.poll(() => [heard.length, signals.length]).toEqual([1, 3]);
    gone.abort();
    await settled;
    await expect.poll(() => signals.every(({ aborted }) => aborted)).toBe(true);
    release();
    expect((await ask()).text).toBe('Yes.');
    expect(heard).toHaveLength(2);
  });
});

test('health and models', async () => {
  const health = await fetch(speech.url.replace('/v1', '/health'));
  expect(health.status).toBe(200);
  const models = await client.models.list();
  expect(models.data.map((model) => model.id)).toEqual(['moonshine-tiny', 'flite']);
});

test('a page in a browser is refused, even one from this machine', async () => {
  for (const origin of ['https://evil.example', 'null', new URL(speech.url).origin]) {
    const answer = await fetch(`${speech.url}/audio/speech`, {
      method: 'POST',
      headers: { origin, 'content-type': 'text/plain' },
      body: JSON.stringify({ model: 'flite', voice: 'slt', input: SENTENCE }),
    });
    expect([origin, answer.status]).toEqual([origin, 403]);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('with a key only its owners are answered, except for health', async () => {
  const own = await startSpeech('127.0.0.1', 0, async () => fakeEngines, 'the key');
  onTestFinished(() => own.close());
  await own.ready;
  const ask = async (authorization?: string) =>
    (await fetch(`${own.url}/models`, { headers: authorization ? { authorization } : {} })).status;
  expect([await ask(), await ask('Bearer another'), await ask('Bearer the key')]).toEqual([
    401, 401, 200,
  ]);
  expect((await fetch(own.url.replace('/v1', '/health'))).status).toBe(200);
});
