// The LiveKit plugins with the speech server's API and its own audio, in real time.
import { setTimeout as delay } from 'node:timers/promises';
import { initializeLogger, stt, type tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SpeechProcess } from '@/agent/speech/api';
import { frames, SpeechSTT, SpeechTTS } from '@/agent/speech/plugins';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { serveFetch } from '@/lib/testing/serve-routes';

const RATE = 24_000;
/** Samples of a microphone frame: 20 ms. */
const STEP = 480;
const { SpeechEventType } = stt;
const text = (event: stt.SpeechEvent) => event.alternatives?.[0].text ?? '';

initializeLogger({ pretty: false, level: 'error' });
let speech: SpeechProcess;
let voice: SpeechTTS;
let recognizer: SpeechSTT;

beforeAll(async () => {
  speech = await startFakeSpeech();
  voice = new SpeechTTS({ url: speech.url, model: 'flite', voice: 'slt' });
  recognizer = new SpeechSTT({ url: speech.url, model: 'moonshine-tiny' });
}, 60_000);
afterAll(() => speech.close());

/** Speaks each text into a stream in real time, with a pause (ms) after each. */
async function say(stream: stt.SpeechStream, texts: readonly string[], pause: number) {
  const silence = new Int16Array((RATE * pause) / 1_000);
  const sounds = await Promise.all(texts.map((t) => voice.synthesize(t).collect()));
  let due = performance.now();
  for (const sound of sounds) {
    for (const part of [sound.data, silence]) {
      for (let at = 0; at + STEP <= part.length; at += STEP) {
        stream.pushFrame(new AudioFrame(part.slice(at, at + STEP), RATE, 1, STEP));
        due += 20;
        await delay(Math.max(0, due - performance.now()));
      }
    }
  }
}

/** All events of a stream. */
async function collect(stream: stt.SpeechStream) {
  const events: stt.SpeechEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe('speech to text', () => {
  test('two turns: interim transcripts while speaking, then the final one soon after', async () => {
    const said = [
      'I need to see a dentist as soon as possible, because this tooth has hurt for days.',
      'What are your opening hours?',
    ];
    const stream = recognizer.stream();
    const collected = collect(stream);
    // The final transcript arrives in the pause, before the next sentence begins.
    await say(stream, said, 1_000);
    stream.endInput();
    const events = (await collected).filter(
      (event) => event.type !== SpeechEventType.RECOGNITION_USAGE,
    );
    const names = events.map((event) => SpeechEventType[event.type]);
    const [turn, other] = [names.slice(0, names.indexOf('END_OF_SPEECH') + 1), names];
    expect(turn[0]).toBe('START_OF_SPEECH');
    expect(turn.slice(1, -3)).toContain('INTERIM_TRANSCRIPT');
    expect(turn.slice(-3)).toEqual(['PREFLIGHT_TRANSCRIPT', 'FINAL_TRANSCRIPT', 'END_OF_SPEECH']);
    expect(other.slice(turn.length)[0]).toBe('START_OF_SPEECH');
    expect(other.at(-1)).toBe('END_OF_SPEECH');

    const finals = events.filter((event) => event.type === SpeechEventType.FINAL_TRANSCRIPT);
    expect(finals.map(text)).toEqual(said);
    const [first, second] = finals.map((event) => event.alternatives?.[0]);
    expect(second?.startTime).toBeGreaterThan(first?.endTime ?? Number.POSITIVE_INFINITY);
  }, 20_000);

  test('a failing server is retried, and no words are lost', async () => {
    let refused = 0;
    const moody = await serveFetch(async (request) => {
      const body = await request.formData();
      if (refused++ < 2)
        return new Response(null, { status: 503, headers: { 'retry-after': '1' } });
      return fetch(`${speech.url}/audio/transcriptions`, { method: 'POST', body });
    });
    const patient = new SpeechSTT({ url: `${moody.url}/v1`, model: 'moonshine-tiny' });
    const connOptions = { maxRetry: 3, retryIntervalMs: 100, timeoutMs: 5_000 };
    const stream = patient.stream({ connOptions });
    const collected = collect(stream);
    stream.pushFrame(await voice.synthesize('Please call me back tomorrow.').collect());
    stream.endInput();
    const finals = (await collected).filter(
      (event) => event.type === SpeechEventType.FINAL_TRANSCRIPT,
    );
    await moody.close();
    expect(finals.map(text)).toEqual(['Please call me back tomorrow.']);
    expect(refused).toBe(3);
  });

  test('what was said while the server was stuck is one transcript', async () => {
    const said = ['The boat is red.', 'It has two sails.', 'It is new.'];
    let answer!: () => void;
    const answers = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const stuck = await serveFetch(async (request) => {
      const body = await request.formData();
      await answers;
      return fetch(`${speech.url}/audio/transcriptions`, { method: 'POST', body });
    });
    const stream = new SpeechSTT({ url: `${stuck.url}/v1`, model: 'moonshine-tiny' }).stream();
    for (const one of said) {
      stream.pushFrame(await voice.synthesize(one).collect());
      stream.pushFrame(new AudioFrame(new Int16Array(RATE), RATE, 1, RATE));
    }
    stream.endInput();
    const finals: string[] = [];
    let begun = 0;
    for await (const event of stream) {
      if (event.type === SpeechEventType.START_OF_SPEECH) begun += 1;
      // The sentences before it are over.
      if (begun === said.length) answer();
      if (event.type === SpeechEventType.FINAL_TRANSCRIPT) finals.push(text(event));
    }
    await stuck.close();
    expect(finals.join(' ')).toBe(said.join(' '));
    expect(finals[0]).toContain(said.slice(0, 2).join(' '));
  });

  test('a permanent refusal is an error of the plugin', async () => {
    const wrong = new SpeechSTT({ url: speech.url, model: 'whisper-1' });
    const errors: Error[] = [];
    wrong.on('error', ({ error }) => errors.push(error));
    const stream = wrong.stream();
    stream.pushFrame(await voice.synthesize('Good morning.').collect());
    stream.endInput();
    await collect(stream);
    expect(errors[0]).toMatchObject({ name: 'APIStatusError', statusCode: 404, retryable: false });
  });

  test('closing during speech leaves nothing behind', async () => {
    const stream = recognizer.stream();
    const collected = collect(stream);
    stream.pushFrame(await voice.synthesize('Good morning to you.').collect());
    stream.close();
    expect((await collected).filter((event) => text(event))).toEqual([]);
  });
});

describe('text to speech', () => {
  test('frames of 50 ms at 24 kHz, the last one marked', async () => {
    const all: tts.SynthesizedAudio[] = [];
    for await (const audio of voice.synthesize('Good morning. How are you?')) all.push(audio);
    expect(new Set(all.map(({ frame }) => frame.samplesPerChannel))).toEqual(new Set([1_200]));
    expect(all.filter(({ final }) => final)).toEqual([all.at(-1)]);
    expect(all.length / 20).toBeGreaterThan(1);
  });

  test('an interruption ends it without an error', async () => {
    const errors: unknown[] = [];
    voice.on('error', (error) => errors.push(error));
    const stop = new AbortController();
    const long = 'This is a long story that nobody will hear to its end. '.repeat(20);
    let heard = 0;
    for await (const _ of voice.synthesize(long, undefined, stop.signal)) {
      if (++heard === 5) stop.abort();
    }
    expect(heard).toBeLessThan(200);
    expect(errors).toEqual([]);
  });

  test('a streamed text: a short first sentence is spoken before the rest arrives', async () => {
    const stream = voice.stream();
    stream.pushText('Sure! ');
    stream.pushText('We are');
    const first = await stream.next();
    expect(first.value).toHaveProperty('frame');
    stream.pushText(' open until five.');
    stream.endInput();
    let seconds = 0;
    for await (const audio of stream) {
      if (typeof audio !== 'symbol') seconds += audio.frame.samplesPerChannel / RATE;
    }
    expect(seconds).toBeGreaterThan(1);
  });

  test('bytes in any chunks become complete frames', async () => {
    const bytes = new Uint8Array(2 * 2_400 + 10).map((_, i) => i);
    const collect = async (portion: number) => {
      const out: number[] = [];
      async function* portions() {
        for (let at = 0; at < bytes.length; at += portion) yield bytes.slice(at, at + portion);
      }
      for await (const [data] of frames(portions())) out.push(...data);
      return out;
    };
    const whole = await collect(bytes.length);
    expect(whole.length).toBe(3 * 1_200);
    expect(await collect(7)).toEqual(whole);
  });
});
