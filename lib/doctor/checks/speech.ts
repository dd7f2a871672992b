// Checks the speech servers with a round trip: synthesize a sentence, transcribe the audio, and compare the words. This
// also finds servers that respond with wrong audio or text.
import { z } from 'zod';
import type { Ground } from '@/lib/cluster/ground';
import type { Config } from '@/lib/core/config';
import { fetchFailure } from '@/lib/core/failure-cause';
import type { Check, CheckResult } from '@/lib/core/finding';
import { redact } from '@/lib/core/redact';
import { since } from '@/lib/core/wait';
import type { DoctorMessages } from '@/lib/doctor/check';

type Words = DoctorMessages['doctorText']['speech'];
/** Milliseconds for each request: a short sentence takes a tenth of it. */
const REQUEST_MS = 8_000;
const LIMIT_MS = 17_000;
/** Share of words that must be recognized: one wrong word of nine is fine. */
const MIN_SHARE = 0.7;
/** Bytes of a WAV header: a file that is no longer has no audio. */
const WAV_HEAD = 44;
/** A voice of the built-in speech server. */
const VOICE = 'slt';

/** A failed request. */
class RequestFailed extends Error {
  constructor(readonly said: Pick<CheckResult, 'seen' | 'todo'>) {
    super(said.seen);
  }
}

interface SpeechRequest {
  readonly url: string;
  readonly key: string | undefined;
  readonly fails: (url: string, why: string) => string;
  readonly words: Words;
}

async function post(
  { url, key, fails, words }: SpeechRequest,
  path: string,
  body: FormData | object,
) {
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
    const late = (error as Error).name === 'TimeoutError' && words.noAnswer(REQUEST_MS);
    const why = late || fetchFailure(error);
    throw new RequestFailed({ seen: fails(url, redact(why)), todo: words.todo(url) });
  }
  if (answer.ok) return answer;
  const text = redact(await answer.text()).slice(0, 200);
  const why = `${words.answered(answer.status)} ${text}`.trim();
  throw new RequestFailed({ seen: fails(url, why), todo: words.todo(url) });
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

async function synthesize(config: Config, words: Words): Promise<ArrayBuffer> {
  const { SPEECH_TTS_URL: url, SPEECH_TTS_KEY: key } = config;
  const body = {
    model: config.SPEECH_TTS_MODEL,
    voice: config.SPEECH_TTS_VOICE ?? VOICE,
    input: words.sentence,
    response_format: 'wav',
  };
  const answer = await post({ url, key, fails: words.speakFails, words }, '/audio/speech', body);
  const sound = await answer.arrayBuffer();
  if (sound.byteLength > WAV_HEAD) return sound;
  throw new RequestFailed({ seen: words.silent(url), todo: words.todo(url) });
}

async function transcribe(config: Config, sound: ArrayBuffer, words: Words): Promise<string> {
  const { SPEECH_STT_URL: url, SPEECH_STT_KEY: key } = config;
  const form = new FormData();
  form.set('file', new Blob([sound], { type: 'audio/wav' }), 'sentence.wav');
  form.set('model', config.SPEECH_STT_MODEL);
  form.set('response_format', 'json');
  const way = { url, key, fails: words.hearFails, words };
  const answer = await post(way, '/audio/transcriptions', form);
  return z
    .object({ text: z.string() })
    .parse(await answer.json())
    .text.trim();
}

async function roundTrip(
  { config }: Ground,
  { speech: words, stages: names }: DoctorMessages['doctorText'],
): Promise<CheckResult> {
  const { matters, sentence } = words;
  const began = performance.now();
  try {
    const sound = await synthesize(config, words);
    const spoken = since(began);
    const heard = await transcribe(config, sound, words);
    const stages = [
      { name: names.synthesized, ms: spoken },
      { name: names.heard, ms: since(began) },
    ];
    const { right, all } = wordsRight(sentence, heard);
    if (right >= all * MIN_SHARE) {
      return { state: 'ok', seen: words.ok(heard, right, all), matters, todo: '', stages };
    }
    const seen = words.poor(sentence, heard || words.empty, right, all);
    return { state: right === 0 ? 'fail' : 'warn', seen, matters, todo: words.poorTodo, stages };
  } catch (error) {
    if (error instanceof RequestFailed) return { state: 'fail', matters, ...error.said };
    throw error;
  }
}

export const speechCheck = (
  server: Ground,
  { checkTitles, doctorText }: DoctorMessages,
): Check => ({
  id: 'speech',
  title: checkTitles.speech,
  limitMs: LIMIT_MS,
  run: () => roundTrip(server, doctorText),
});
