// Checks the speech servers with a round trip: synthesize a sentence, transcribe the audio, and compare the words. This
// also finds servers that respond with wrong audio or text.
import { z } from 'zod';
import type { Ground } from '@/lib/cluster/ground';
import type { Config } from '@/lib/core/config';
import { fetchFailure } from '@/lib/core/failure-cause';
import type { Check } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import { redact } from '@/lib/core/redact';
import { since } from '@/lib/core/wait';
import { type Found, newCheck, type Time, type Words } from '@/lib/doctor/check';

/** Milliseconds for each request: a short sentence takes a tenth of it. */
const REQUEST_MS = 8_000;
const LIMIT_MS = 17_000;
/** Share of words that must be recognized: one wrong word of nine is fine. */
const MIN_SHARE = 0.7;
/** Bytes of a WAV header: a file that is no longer has no audio. */
const WAV_HEAD = 44;
/** A voice of the built-in speech server. */
const VOICE = 'slt';

class RequestFailed extends Error {
  constructor(readonly said: Pick<Found, 'seen' | 'todo'>) {
    super(said.seen);
  }
}

interface SpeechRequest {
  readonly url: string;
  readonly key: string | undefined;
  readonly fails: 'speech.speakFails' | 'speech.hearFails';
}

async function post(
  { url, key, fails }: SpeechRequest,
  path: string,
  body: FormData | object,
  t: Words,
  time: Time,
) {
  const failure = (why: string) =>
    new RequestFailed({ seen: t(fails, { url, why }), todo: t('speech.todo', { url }) });
  const form = body instanceof FormData;
  let answer: Response;
  try {
    answer = await fetch(url + path, {
      method: 'POST',
      headers: {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(!form && { 'content-type': 'application/json' }),
      },
      body: form ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    });
  } catch (error) {
    const isLate = (error as Error).name === 'TimeoutError';
    const late = t('speech.noAnswer', { time: time(REQUEST_MS) });
    throw failure(redact(isLate ? late : fetchFailure(error)));
  }
  if (answer.ok) return answer;
  const text = redact(await answer.text()).slice(0, 200);
  throw failure(`${t('speech.answered', { status: answer.status })} ${text}`.trim());
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** How many of the spoken words were recognized, each counted once. */
export function wordsRight(said: string, heard: string): { right: number; all: number } {
  const left = wordsOf(heard);
  const all = wordsOf(said);
  const right = all.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return { right: right.length, all: all.length };
}

async function synthesize(config: Config, t: Words, time: Time): Promise<ArrayBuffer> {
  const { SPEECH_TTS_URL: url, SPEECH_TTS_KEY: key } = config;
  const body = {
    model: config.SPEECH_TTS_MODEL,
    voice: config.SPEECH_TTS_VOICE ?? VOICE,
    input: t('speech.sentence'),
    response_format: 'wav',
  };
  const answer = await post(
    { url, key, fails: 'speech.speakFails' },
    '/audio/speech',
    body,
    t,
    time,
  );
  const sound = await answer.arrayBuffer();
  if (sound.byteLength > WAV_HEAD) return sound;
  throw new RequestFailed({ seen: t('speech.silent', { url }), todo: t('speech.todo', { url }) });
}

async function transcribe(
  config: Config,
  sound: ArrayBuffer,
  t: Words,
  time: Time,
): Promise<string> {
  const { SPEECH_STT_URL: url, SPEECH_STT_KEY: key } = config;
  const form = new FormData();
  form.set('file', new Blob([sound], { type: 'audio/wav' }), 'sentence.wav');
  form.set('model', config.SPEECH_STT_MODEL);
  form.set('response_format', 'json');
  const way = { url, key, fails: 'speech.hearFails' } as const;
  const answer = await post(way, '/audio/transcriptions', form, t, time);
  return z
    .object({ text: z.string() })
    .parse(await answer.json())
    .text.trim();
}

async function roundTrip({ config }: Ground, t: Words, time: Time): Promise<Found> {
  const said = t('speech.sentence');
  const began = performance.now();
  try {
    const sound = await synthesize(config, t, time);
    const spoken = since(began);
    const heard = await transcribe(config, sound, t, time);
    const stages = [
      { name: t('stages.synthesized'), ms: spoken },
      { name: t('stages.heard'), ms: since(began) },
    ];
    const { right, all } = wordsRight(said, heard);
    if (right >= all * MIN_SHARE) {
      const seen = t('speech.ok', { heard, right, all });
      return { state: 'ok', seen, stages };
    }
    const seen = t('speech.poor', { said, heard: heard || t('speech.empty'), right, all });
    const todo = t('speech.poorTodo');
    return { state: right === 0 ? 'fail' : 'warn', seen, todo, stages };
  } catch (error) {
    if (error instanceof RequestFailed) return { state: 'fail', ...error.said };
    throw error;
  }
}

export const speechCheck = (server: Ground, language: Language): Check =>
  newCheck('speech', language, LIMIT_MS, (...words) => roundTrip(server, ...words));
