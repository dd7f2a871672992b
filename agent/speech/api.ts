// The speech server's routes: the OpenAI audio API, a list of models, and health.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Engines } from './engines';
import { FLITE_VOICES } from './flite';
import { STT_MODEL } from './hearing';
import { Problem } from './problem';
import { TTS_MODEL } from './speaker';
import { speak } from './speech-audio';
import { transcribe } from './transcriptions';

/** Maximum request size in bytes: the OpenAI API's own limit for an audio file. */
const LARGEST_BODY = 25 * 1024 * 1024;

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

const hash = (text: string) => createHash('sha256').update(text).digest();

/**
 * @param engines the speech engines; undefined while they are loading
 * @param key what clients must send as `Authorization: Bearer`; without one, any client is answered
 */
export function speechApi(engines: () => Engines | undefined, key?: string): Hono {
  const api = new Hono();
  api.use(async (c, next) => {
    // Only workers and the web process send requests. A page of another site could keep the server
    // busy.
    if (c.req.header('origin') !== undefined) {
      throw new Problem(403, 'from_a_page', 'Pages in a browser may not call the speech server.');
    }
    await next();
  });
  api.use('/v1/*', async (c, next) => {
    const shown = c.req.header('authorization') ?? '';
    if (key && !timingSafeEqual(hash(shown), hash(`Bearer ${key}`))) {
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
  const limit = bodyLimit({
    maxSize: LARGEST_BODY,
    onError: () => {
      throw new Problem(413, 'too_large', `The request is larger than ${LARGEST_BODY} bytes.`);
    },
  });

  api.post('/v1/audio/transcriptions', limit, (c) => transcribe(c.req.raw, ready()));
  api.post('/v1/audio/speech', limit, (c) => speak(c.req.raw, ready()));
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
    console.error(error);
    return new Problem(500, 'failed', 'The speech server failed at this request.').toResponse();
  });
  return api;
}
