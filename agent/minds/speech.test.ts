// What hosted speech is told of the language of a call: the framework's real clients against a server on
// loopback that speaks the gateway's protocol.
import { initializeLogger } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { catalogue } from '@/lib/catalogue';
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

/** What a server was told at the beginning. */
const begun = (sent: readonly object[]) =>
  vi.waitFor(() => {
    const [first] = sent.filter((event) => 'type' in event && event.type === 'session.create');
    if (!first) throw new Error('no session was begun');
    return first;
  });

test.each([
  ['de-AT', 'de'],
  ['en-GB', 'en'],
  ['fr', 'fr'],
])('a voice in a call in %s is told %s', async (tag, language) => {
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
])('ears (%s) in a call in %s are told %s', async (named, tag, language) => {
  const { url, sent } = await gateway();
  const config = settings({ STT: named, LIVEKIT_INFERENCE_URL: url });
  const ears = makeStt(config, frontDesk.name, undefined, tag);
  const stream = ears.stream();
  onTestFinished(() => stream.close());
  stream.pushFrame(new AudioFrame(new Int16Array(480), 24_000, 1, 480));
  const { settings: told } = (await begun(sent)) as { settings?: { language?: string } };
  expect(told?.language).toBe(language);
});
