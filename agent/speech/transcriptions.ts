// POST /v1/audio/transcriptions: audio in, words out, as in the OpenAI audio API.
import { z } from 'zod';
import type { Engines } from './engines';
import { findListener } from './hearing';
import { MOONSHINE_RATE } from './moonshine';
import { fromPcm16, mixed, resample } from './pcm';
import { Problem } from './problem';
import { parse } from './request';
import { isWav, parseWav } from './wav';

/** Maximum seconds of audio: an utterance, not a recording. */
const LONGEST_SECONDS = 300;
const RATES = { min: 8_000, max: 96_000 };

const fields = z.object({
  model: z.string(),
  response_format: z.enum(['json', 'text', 'verbose_json']).default('json'),
  language: z.string().optional(),
  /** Sample rate of raw PCM; a WAV file contains its own. */
  rate: z.coerce.number().int().min(RATES.min).max(RATES.max).default(MOONSHINE_RATE),
});

/** Handles the request. */
export async function transcribe(request: Request, engines: Engines): Promise<Response> {
  const form = await request.formData().catch(() => {
    throw new Problem(415, 'not_a_form', 'Send multipart/form-data with a file and a model.', {
      valid: ['multipart/form-data'],
    });
  });
  const { file, ...rest } = Object.fromEntries(form);
  const wanted = parse(fields, rest);
  const { hear, language } = findListener(wanted, engines);
  if (!(file instanceof File)) {
    throw new Problem(400, 'no_file', 'The field file must be a sound file.', { param: 'file' });
  }
  const sound = decode(new Uint8Array(await file.arrayBuffer()), file, wanted.rate);
  const seconds = sound.length / MOONSHINE_RATE;
  const { signal } = request;
  const text = await hear(sound, signal);
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

/** Converts a WAV file or raw PCM to what the model takes. */
function decode(bytes: Uint8Array, file: File, rawRate: number): Float32Array {
  if (bytes.length === 0) {
    throw new Problem(400, 'empty_audio', 'The sound file is empty.', { param: 'file' });
  }
  const { rate, channels, data } = isWav(bytes)
    ? readWav(bytes)
    : { rate: rawRate, channels: 1, data: rawPcm(bytes, file) };
  const samples = data.length / 2 / channels;
  if (samples < 1) {
    throw new Problem(400, 'empty_audio', 'The sound file has no sound in it.', { param: 'file' });
  }
  if (samples / rate > LONGEST_SECONDS) {
    const detail = `The sound is longer than ${LONGEST_SECONDS} seconds. Send it in parts.`;
    throw new Problem(413, 'audio_too_long', detail, { param: 'file' });
  }
  return resample(mixed(fromPcm16(data), channels), rate, MOONSHINE_RATE);
}

function readWav(bytes: Uint8Array) {
  try {
    const wav = parseWav(bytes);
    if (wav.rate >= RATES.min && wav.rate <= RATES.max) return wav;
    throw new Error(`A rate of ${wav.rate} Hz is not taken.`);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
}

function rawPcm(bytes: Uint8Array, file: File): Uint8Array {
  const isRaw = file.name.endsWith('.pcm') || /^audio\/(pcm|l16)\b/i.test(file.type);
  if (!isRaw) throw unreadable('The sound is neither a WAV file nor said to be raw PCM.');
  return bytes;
}

function unreadable(why: string): Problem {
  return new Problem(415, 'unsupported_audio', why, {
    param: 'file',
    valid: [
      `WAV with 16-bit PCM at ${RATES.min} to ${RATES.max} Hz`,
      'raw 16-bit little-endian mono PCM named *.pcm or typed audio/pcm or audio/L16, 16 kHz unless the field rate says otherwise',
    ],
  });
}
