// LiveKit Inference: the framework's real clients against loopback servers that speak its
// protocols. If they fail, the next in order takes over, here the speech server.

import { initializeLogger, stt } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { Hono } from 'hono';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeStt, makeTts } from '@/agent/models/speech';
import { startGateway } from '@/agent/models/testing/gateway';
import type { SpeechProcess } from '@/agent/speech/api';
import { startFakeSpeech } from '@/agent/testing/fake-speech';
import { callModel, settings } from '@/agent/testing/model-call';
import { firstAgent } from '@/lib/testing/agents';
import { serveFetch } from '@/lib/testing/serve-routes';

const frontDesk = firstAgent;
const GATEWAY_SECRET = 'another-secret-that-is-long-enough-for-it';
const STT = 'inference:deepgram/nova-3';
const TTS = 'inference:cartesia/sonic-3:amelia';
const WORDS = 'We are open from nine to five.';

let speech: SpeechProcess;
beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  speech = await startFakeSpeech();
});
afterAll(() => speech.close());

const withSpeech = (env: Record<string, string>) =>
  settings({ SPEECH_STT_URL: speech.url, SPEECH_TTS_URL: speech.url, ...env });

async function gateway(ways?: Parameters<typeof startGateway>[0]) {
  const server = await startGateway(ways);
  onTestFinished(() => server.close());
  return server;
}

test('a model: requests carry a token signed with its configured keys', async () => {
  const { say, asked } = await callModel([() => ({ say: 'Hello.' })], (url) => ({
    MODELS: 'inference:openai/gpt-4.1',
    LIVEKIT_INFERENCE_URL: url,
    LIVEKIT_INFERENCE_API_KEY: 'gateway-key',
    LIVEKIT_INFERENCE_API_SECRET: GATEWAY_SECRET,
  }));
  expect(await say('Hello?')).toEqual(['Hello.']);
  expect(asked[0]?.body).toMatchObject({ model: 'openai/gpt-4.1', stream: true });
  const token = asked[0]?.authorization?.replace('Bearer ', '') ?? '';
  const grants = await new TokenVerifier('gateway-key', GATEWAY_SECRET).verify(token);
  expect(grants).toMatchObject({ inference: { perform: true } });
});

describe('TTS', () => {
  test('synthesizes a streamed text and a whole one', async () => {
    const { url, sent } = await gateway();
    const failed = vi.fn();
    const voice = makeTts(withSpeech({ TTS, LIVEKIT_INFERENCE_URL: url }), frontDesk, failed);
    onTestFinished(() => voice.close());
    const whole = await voice.synthesize(WORDS).collect();
    expect(whole.samplesPerChannel / whole.sampleRate).toBeCloseTo(0.2, 1);
    expect(sent).toContainEqual(
      expect.objectContaining({ type: 'session.create', voice: 'amelia' }),
    );
    expect(sent.map(({ transcript }) => transcript).join('')).toContain(WORDS);
    expect(failed).not.toHaveBeenCalled();
  });

  test.each([
    ['a rejected key', { refuses: 401 }, /401/],
    ['no answer', { hangs: true }, /timeout|said nothing|no audio/i],
  ])('%s: the speech server speaks', async (_, ways, why) => {
    const { url } = await gateway(ways);
    const failed = vi.fn();
    const config = withSpeech({ TTS, LIVEKIT_INFERENCE_URL: url });
    const voice = makeTts(config, frontDesk, failed);
    onTestFinished(() => voice.close());
    const sound = await voice.synthesize(WORDS).collect();
    expect(sound.samplesPerChannel / sound.sampleRate).toBeGreaterThan(0.5);
    const [[error]] = failed.mock.calls as [[Error]];
    expect(error.message).toMatch(/^cartesia\/sonic-3 \(LiveKit Inference\) failed: /);
    expect(error.message).toMatch(why);
    expect(error.message).not.toContain(config.LIVEKIT_API_SECRET);
  });
});

describe('STT', () => {
  /** The transcript of a sentence that the speech server says. */
  async function heard(env: Record<string, string>, failed = vi.fn()) {
    const config = withSpeech({ STT: `${STT}:en`, ...env });
    const recognizer = makeStt(config, frontDesk, failed);
    const voice = makeTts(withSpeech({}), frontDesk);
    const { data } = await voice.synthesize(WORDS).collect();
    const stream = recognizer.stream();
    onTestFinished(() => stream.close());
    const sound = Int16Array.from([...data, ...new Int16Array(24_000)]);
    const push = () => {
      for (let at = 0; at + 480 <= sound.length; at += 480) {
        stream.pushFrame(new AudioFrame(sound.slice(at, at + 480), 24_000, 1, 480));
      }
    };
    push();
    // Audio is lost while the STT is switched, so the sentence is repeated.
    const again = setInterval(push, 1_500);
    onTestFinished(() => clearInterval(again));
    for await (const event of stream) {
      if (event.type === stt.SpeechEventType.FINAL_TRANSCRIPT) return event.alternatives?.[0].text;
    }
  }

  test('transcribes', async () => {
    const { url, asked } = await gateway({ hears: 'Hello there.' });
    expect(await heard({ LIVEKIT_INFERENCE_URL: url })).toBe('Hello there.');
    expect(asked[0]?.url).toContain('/v1/stt');
  });

  test('a rejected key: the speech server transcribes', async () => {
    const { url } = await gateway({ refuses: 401 });
    const failed = vi.fn();
    const text = await heard({ LIVEKIT_INFERENCE_URL: url }, failed);
    expect(text).toBe(WORDS);
    const [[error]] = failed.mock.calls as [[Error]];
    expect(error.message).toMatch(/^deepgram\/nova-3 \(LiveKit Inference\) failed: 401/);
  });
});

// The language that hosted speech is configured with.

/** The configuration a server was sent at the start. */
const begun = (sent: readonly object[]) =>
  vi.waitFor(() => {
    const [first] = sent.filter((event) => 'type' in event && event.type === 'session.create');
    if (!first) throw new Error('no session was begun');
    return first;
  }, 10_000);

test.each([
  ['de-AT', 'de'],
  ['en-GB', 'en'],
])('TTS in a call in %s is configured with %s', async (tag, language) => {
  const { url, sent } = await gateway();
  const config = settings({ TTS, LIVEKIT_INFERENCE_URL: url });
  const voice = makeTts(config, frontDesk, undefined, tag);
  onTestFinished(() => voice.close());
  await voice.synthesize('Guten Tag.').collect();
  expect(await begun(sent)).toMatchObject({ language });
});

test.each([
  [STT, 'de-AT', 'de'],
  [STT, 'en', undefined],
  [`${STT}:multi`, 'de', 'multi'],
])('STT (%s) in a call in %s is configured with %s', async (named, tag, language) => {
  const { url, sent } = await gateway();
  const config = settings({ STT: named, LIVEKIT_INFERENCE_URL: url });
  const recognizer = makeStt(config, frontDesk, undefined, tag);
  const stream = recognizer.stream();
  onTestFinished(() => stream.close());
  stream.pushFrame(new AudioFrame(new Int16Array(480), 24_000, 1, 480));
  const { settings: reported } = (await begun(sent)) as { settings?: { language?: string } };
  expect(reported?.language).toBe(language);
});

/** A server with the OpenAI audio API that records its requests. */
async function speechServer() {
  const forms: Record<string, unknown>[] = [];
  const app = new Hono().post('/v1/audio/transcriptions', async (c) => {
    forms.push(await c.req.parseBody());
    return c.json({ text: 'Guten Tag.' });
  });
  const { url, close } = await serveFetch(app.fetch);
  onTestFinished(close);
  return { url: `${url}/v1`, forms };
}

test.each([
  ['whisper-1', 'de-AT', 'de'],
  ['whisper-1', 'en-GB', 'en'],
  // The built-in STT, as a fallback of one that supports German.
  ['moonshine-tiny', 'de', 'en'],
])(
  'STT of an OpenAI-compatible server (%s) in a call in %s is configured with %s',
  async (model, tag, language) => {
    const { url, forms } = await speechServer();
    const config = settings({ SPEECH_STT_URL: url, SPEECH_STT_MODEL: model });
    const recognizer = makeStt(config, frontDesk, undefined, tag);
    const heard = await recognizer.recognize(
      new AudioFrame(new Int16Array(1_600), 16_000, 1, 1_600),
    );
    expect(forms[0]).toMatchObject({ model, language });
    expect(heard.alternatives?.[0]).toMatchObject({ text: 'Guten Tag.', language });
  },
);
