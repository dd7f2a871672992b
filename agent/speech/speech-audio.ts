// POST /v1/audio/speech: text in, audio out, sentence by sentence as each is ready.
import { z } from 'zod';
import type { Engines } from './engines';
import { FLITE_RATE } from './flite';
import { resample, toPcm16 } from './pcm';
import { Problem } from './problem';
import { parse } from './request';
import { sentences, speakable } from './sentences';
import { findSpeaker, TTS_MODEL } from './speaker';
import { wavHeader } from './wav';

/** Maximum characters of a text: the OpenAI API's own limit. */
const LONGEST_TEXT = 4_096;
/** Sample rate of `pcm`, fixed by the OpenAI API: the format itself does not contain it. */
const PCM_RATE = 24_000;

const body = z.object({
  model: z.string(),
  input: z
    .string()
    .max(LONGEST_TEXT, `it has more than ${LONGEST_TEXT} characters.`)
    .refine((text) => text.trim() !== '', 'there is nothing to say in it.'),
  voice: z.string(),
  response_format: z.enum(['wav', 'pcm']).default('wav'),
  speed: z.number().min(0.25).max(4).default(1),
});

/** Responds once the first sentence is ready. */
export async function speak(request: Request, engines: Engines): Promise<Response> {
  const json = await request.json().catch(() => {
    throw new Problem(400, 'not_json', 'Send a JSON object with model, input and voice.');
  });
  const { input, response_format: format, speed, ...who } = parse(body, json);
  const speaker = findSpeaker(who, engines);
  const parts = sentences(speaker.words(speakable(input)));
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
