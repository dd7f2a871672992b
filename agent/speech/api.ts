// The speech server's routes: the OpenAI audio API, a list of models, and health.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import {
  type Engines,
  findListener,
  findSpeaker,
  STT_MODEL,
  TTS_MODEL,
} from '@/agent/speech/engines';
import { FLITE_RATE, FLITE_VOICES } from '@/agent/speech/flite';
import { readForm } from '@/agent/speech/form';
import { MOONSHINE_RATE } from '@/agent/speech/moonshine';
import {
  fromPcm16,
  isWav,
  mixed,
  parseWav,
  resample,
  toPcm16,
  wavHeader,
} from '@/agent/speech/pcm';
import { Problem, parse } from '@/agent/speech/problem';
import { sentences, speakable } from '@/agent/speech/spoken';
import { hasLongWord, PROMPT_MAX, PROMPT_WORD_MAX } from '@/agent/speech/vocabulary';
import { nearHost } from '@/lib/core/addresses';
import { logError } from '@/lib/core/log';
import { isSame } from '@/lib/core/signature';

/** Maximum request size in bytes: the OpenAI API's own limit for an audio file. */
const LARGEST_BODY = 25 * 1024 * 1024;
/** The same for a text to speak: the longest one with each character escaped, and room for the other fields. */
const LARGEST_TEXT_BODY = 64 * 1024;
/** Maximum characters of a name of a model or voice, and of a language. Our own choice. */
const LONGEST_NAME = 200;

const BUILT_IN = [
  { id: STT_MODEL, object: 'model', created: 0, owned_by: 'moonshine' },
  { id: TTS_MODEL, object: 'model', created: 0, owned_by: 'flite', voices: FLITE_VOICES },
];
const ROUTES: Record<string, string> = {
  '/v1/audio/transcriptions': 'POST',
  '/v1/audio/speech': 'POST',
  '/v1/models': 'GET',
  '/health': 'GET',
};

/**
 * @param engines the speech engines; undefined while they are loading
 * @param key what clients must send as `Authorization: Bearer`; without one, any client is answered
 */
export function speechApi(engines: () => Engines | undefined, key?: string): Hono {
  const api = new Hono();
  api.use(async (c, next) => {
    // Only workers and the web process send requests. A page of another site could keep the server busy.
    if (c.req.header('origin') !== undefined) {
      throw new Problem(403, 'from_a_page', 'Pages in a browser may not call the speech server.');
    }
    await next();
  });
  api.use('/v1/*', async (c, next) => {
    const shown = c.req.header('authorization') ?? '';
    if (key && !isSame(shown, `Bearer ${key}`)) {
      const detail = 'Send the key of SPEECH_KEY as Authorization: Bearer.';
      throw new Problem(401, 'wrong_key', detail);
    }
    await next();
  });
  const ready = () => {
    const loaded = engines();
    if (loaded) return loaded;
    throw new Problem(503, 'starting', 'The models are being loaded.', { retryAfter: 1 });
  };
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new Problem(413, 'too_large', `The request is larger than ${maxSize} bytes.`);
      },
    });

  api.post('/v1/audio/transcriptions', limit(LARGEST_BODY), (c) => transcribe(c.req.raw, ready()));
  api.post('/v1/audio/speech', limit(LARGEST_TEXT_BODY), (c) => speak(c.req.raw, ready()));
  api.get('/v1/models', (c) => {
    const neural = engines()?.neural.list() ?? [];
    const added = neural.map(({ name, does, voices }) => ({
      id: name,
      object: 'model',
      created: 0,
      owned_by: 'sherpa-onnx',
      ...(does === 'speaks' && { voices: Object.keys(voices) }),
    }));
    return c.json({ object: 'list', data: [...BUILT_IN, ...added] });
  });
  api.get('/health', (c) => {
    ready();
    return c.json({ status: 'ok', models: BUILT_IN.map((model) => model.id) });
  });
  api.notFound((c) => {
    const method = ROUTES[c.req.path];
    return method
      ? new Problem(405, 'wrong_method', `This takes ${method}.`, { valid: [method] }).toResponse()
      : new Problem(404, 'not_found', 'There is nothing here.', {
          valid: Object.keys(ROUTES),
        }).toResponse();
  });
  api.onError((error, c) => {
    if (error instanceof Problem) return error.toResponse();
    // The client has disconnected.
    if (c.req.raw.signal.aborted) return new Response(null, { status: 499 });
    logError(`${c.req.method} ${c.req.path}`, error);
    return new Problem(500, 'failed', 'The speech server failed at this request.').toResponse();
  });
  return api;
}

/** Maximum seconds of audio: an utterance, not a recording. */
const LONGEST_SECONDS = 300;
/** The same in samples of all channels: 100 s at the highest rate. Resampling takes time by the sample. */
const MOST_SAMPLES = LONGEST_SECONDS * 32_000;
/**
 * Sample rates in Hz, which are multiples of `step`, as all usual ones are: the resampler computes a filter for each of
 * up to 16,000 / step phases.
 */
const RATES = { min: 8_000, max: 96_000, step: 25 };
const name = z.string().max(LONGEST_NAME, `may have at most ${LONGEST_NAME} characters`);

const fields = z.object({
  model: name,
  response_format: z.enum(['json', 'text', 'verbose_json']).default('json'),
  language: name.optional(),
  /** Words that are likely. */
  prompt: z
    .string()
    .max(PROMPT_MAX, { error: `may have at most ${PROMPT_MAX} characters`, abort: true })
    .refine(
      (prompt) => !hasLongWord(prompt),
      `a word in it has more than ${PROMPT_WORD_MAX} characters.`,
    )
    .optional(),
  /** Sample rate of raw PCM; a WAV file contains its own. */
  rate: z.coerce
    .number()
    .int()
    .min(RATES.min)
    .max(RATES.max)
    .multipleOf(RATES.step)
    .default(MOONSHINE_RATE),
});

async function transcribe(request: Request, engines: Engines): Promise<Response> {
  const { file, ...rest } = await readForm(request);
  const wanted = parse(fields, rest);
  const { hear, language } = findListener(wanted, engines);
  if (!(file instanceof File)) {
    throw new Problem(400, 'no_file', 'The field file must be a sound file.', { param: 'file' });
  }
  const sound = decode(new Uint8Array(await file.arrayBuffer()), file, wanted.rate);
  const seconds = sound.length / MOONSHINE_RATE;
  const { signal } = request;
  const text = await hear(sound, signal, wanted.prompt);
  switch (wanted.response_format) {
    case 'text':
      return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    case 'json':
      return Response.json({ text });
    case 'verbose_json':
      return Response.json({
        task: 'transcribe',
        language,
        duration: seconds,
        text,
        segments: text === '' ? [] : [{ id: 0, start: 0, end: seconds, text }],
      });
  }
}

function decode(bytes: Uint8Array, file: File, rawRate: number): Float32Array {
  if (bytes.length === 0) {
    throw new Problem(400, 'empty_audio', 'The sound file is empty.', { param: 'file' });
  }
  const isRaw = file.name.endsWith('.pcm') || /^audio\/(pcm|l16)\b/i.test(file.type);
  if (!isWav(bytes) && !isRaw) {
    throw unreadable('The sound is neither a WAV file nor said to be raw PCM.');
  }
  const { rate, channels, data } = isWav(bytes)
    ? readWav(bytes)
    : { rate: rawRate, channels: 1, data: bytes };
  const samples = data.length / 2 / channels;
  if (samples < 1) {
    throw new Problem(400, 'empty_audio', 'The sound file has no sound in it.', { param: 'file' });
  }
  if (samples / rate > LONGEST_SECONDS || samples * channels > MOST_SAMPLES) {
    const detail = `The sound is longer than ${LONGEST_SECONDS} seconds or ${MOST_SAMPLES} samples. Send it in parts.`;
    throw new Problem(413, 'audio_too_long', detail, { param: 'file' });
  }
  return resample(mixed(fromPcm16(data), channels), rate, MOONSHINE_RATE);
}

function readWav(bytes: Uint8Array) {
  try {
    const wav = parseWav(bytes);
    const { min, max, step } = RATES;
    if (wav.rate >= min && wav.rate <= max && wav.rate % step === 0) return wav;
    throw new Error(`A rate of ${wav.rate} Hz is not taken.`);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
}

function unreadable(why: string): Problem {
  return new Problem(415, 'unsupported_audio', why, {
    param: 'file',
    valid: [
      `WAV with 16-bit PCM at ${RATES.min} to ${RATES.max} Hz, a multiple of ${RATES.step}`,
      'raw 16-bit little-endian mono PCM named *.pcm or typed audio/pcm or audio/L16, 16 kHz unless the field rate says otherwise',
    ],
  });
}

/** Maximum characters of a text: the OpenAI API's own limit. */
const LONGEST_TEXT = 4_096;
/** The text as it is read: a single character can stand for a sentence of 18, such as U+FDFA. */
const read = (text: string) => text.normalize('NFKC');
/** Sample rate of `pcm`, fixed by the OpenAI API: the format itself does not contain it. */
const PCM_RATE = 24_000;

const body = z.object({
  model: name,
  input: z
    .string()
    .max(LONGEST_TEXT, { error: `may have at most ${LONGEST_TEXT} characters`, abort: true })
    .refine(
      (text) => read(text).length <= 2 * LONGEST_TEXT,
      `may stand for at most ${2 * LONGEST_TEXT} characters`,
    )
    .refine((text) => text.trim() !== '', 'there is nothing to say in it.'),
  voice: name,
  response_format: z.enum(['wav', 'pcm']).default('wav'),
  speed: z.number().min(0.25).max(4).default(1),
});

/** Responds once the first sentence is ready. */
async function speak(request: Request, engines: Engines): Promise<Response> {
  const json = await request.json().catch(() => {
    throw new Problem(400, 'not_json', 'Send a JSON object with model, input and voice.');
  });
  const { input, response_format: format, speed, ...who } = parse(body, json);
  const speaker = findSpeaker(who, engines);
  const parts = sentences(speaker.words(speakable(input)), speed);
  const { signal } = request;
  // A neural model's own rate is known only with its first audio: too late for the header.
  const rate = format === 'wav' && who.model === TTS_MODEL ? FLITE_RATE : PCM_RATE;
  const make = async (part: string, admitted: boolean) => {
    const said = await speaker.say(part, { speed, signal, admitted });
    return toPcm16(resample(said.sound, said.rate, rate));
  };

  // Text without words (an emoji, say) has empty audio: a call must not fail on it.
  const first = parts[0] === undefined ? new Uint8Array() : await make(parts[0], false);
  const only = parts.length < 2 ? first.length : undefined;
  let next = 1;
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (format === 'wav') controller.enqueue(wavHeader(rate, only));
        if (first.length > 0) controller.enqueue(first);
      },
      // Called only while the client reads: work stops when it disconnects.
      async pull(controller) {
        const part = parts[next++];
        if (part === undefined) controller.close();
        else controller.enqueue(await make(part, true));
      },
    },
    { highWaterMark: 2 },
  );
  const type = format === 'wav' ? 'audio/wav' : 'audio/pcm';
  return new Response(stream, { headers: { 'content-type': type } });
}

/** A listening speech server. */
export interface SpeechProcess {
  /** Address up to and including `/v1`. */
  readonly url: string;
  /** Resolves when the models are warm; rejects if they cannot be loaded. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens immediately and answers 503 until the models are warm, so that "starting" differs from "down".
 * @throws if it cannot listen on the address
 */
export function startSpeech(
  host: string,
  port: number,
  load: () => Promise<Engines>,
  key?: string,
): Promise<SpeechProcess> {
  return new Promise((resolve, reject) => {
    let engines: Engines | undefined;
    const { fetch } = speechApi(() => engines, key);
    const server = serve({ fetch, hostname: host, port }, (address) => {
      const ready = load().then((loaded) => {
        engines = loaded;
      });
      const close = () =>
        new Promise<void>((done) => {
          engines?.neural.close();
          server.close(() => done());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://${nearHost(host)}:${address.port}/v1`, ready, close });
    });
    server.once('error', reject);
  });
}
