// The language that hosted speech is configured with: the framework's real clients against a
// loopback server that speaks the gateway's protocol.

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { initializeLogger } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { Hono } from 'hono';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { catalogue } from '@/lib/core/catalogue';
import { settings } from '../testing/model-call';
import { makeStt, makeTts } from './speech';
import { startGateway } from './testing/gateway';

const [frontDesk] = catalogue;
const STT = 'inference:deepgram/nova-3';
const TTS = 'inference:cartesia/sonic-3:amelia';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

async function gateway() {
  const server = await startGateway();
  onTestFinished(() => server.close());
  return server;
}

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
  ['fr', 'fr'],
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
  const recognizer = makeStt(config, frontDesk.name, undefined, tag);
  const stream = recognizer.stream();
  onTestFinished(() => stream.close());
  stream.pushFrame(new AudioFrame(new Int16Array(480), 24_000, 1, 480));
  const { settings: told } = (await begun(sent)) as { settings?: { language?: string } };
  expect(told?.language).toBe(language);
});

/** A server with the OpenAI audio API that records its requests. */
async function speechServer() {
  const forms: Record<string, unknown>[] = [];
  const app = new Hono().post('/v1/audio/transcriptions', async (c) => {
    forms.push(await c.req.parseBody());
    return c.json({ text: 'Guten Tag.' });
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  if (!server.listening) await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, forms };
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
    const recognizer = makeStt(config, frontDesk.name, undefined, tag);
    const heard = await recognizer.recognize(
      new AudioFrame(new Int16Array(1_600), 16_000, 1, 1_600),
    );
    expect(forms[0]).toMatchObject({ model, language });
    expect(heard.alternatives?.[0]).toMatchObject({ text: 'Guten Tag.', language });
  },
);
