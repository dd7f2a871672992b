// SIP dispatch rules for agents, created and listed with a fake of LiveKit's SIP service.
import { ServerError, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSip } from '@/lib/testing/sip-service';
import { answer, inWords, shown } from '@/scripts/telephone';

const SECRET = 'a-secret-of-thirty-two-characters';
let service: Awaited<ReturnType<typeof startSip>>;
let sip: SipClient;
beforeAll(async () => {
  const env = {
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: SECRET,
  };
  service = await startSip(env);
  sip = new SipClient(service.url, 'key', SECRET);
});
afterAll(() => service.close());

test('an agent answers, each caller in a separate room, until the rule is deleted', async () => {
  expect(await shown(sip)).toContain('No agent answers.');
  const id = await answer(sip, { agent: 'billing', deployment: 'staging', trunks: ['ST_in'] });
  expect(service.rules.get(id)).toMatchObject({
    rule: { dispatchRuleIndividual: { roomPrefix: expect.stringMatching(/^phone-/) } },
    trunkIds: ['ST_in'],
    roomConfig: { agents: [{ agentName: 'billing', deployment: 'staging' }], emptyTimeout: 60 },
  });
  const text = await shown(sip);
  expect(text).toContain(id);
  expect(text).toContain('billing (staging)');
  await sip.deleteSipDispatchRule(id);
  expect(await shown(sip)).toContain('No agent answers.');
});

test('errors of LiveKit are explained', async () => {
  const gone = await sip.deleteSipDispatchRule('SDR_none').catch(inWords);
  expect(gone).toContain('Unknown rule');
  const bare = new ServerError('x', 'sip not connected (redis required)', 503, 'unavailable');
  expect(inWords(bare)).toContain('needs Redis and the SIP service');
  expect(inWords(new TypeError('fetch failed'))).toContain('cannot be reached');
});
