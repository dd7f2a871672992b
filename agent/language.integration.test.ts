// The caller's language reaches the agents, with nothing replaced but hosted speech: who asks for German is spoken to
// in German where the speech knows it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBrief } from '../lib/brief';
import { writeLanguage } from '../lib/language/caller';
import { startGateway } from './minds/testing/gateway';
import type { TestCaller } from './testing/caller';
import { LIMIT_MS } from './testing/limit';
import { openStage, type Stage } from './testing/stage';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 5 * LIMIT_MS;
const GERMAN = writeLanguage('de-AT');

let stage: Stage;
let gateway: Awaited<ReturnType<typeof startGateway>>;

/** Waits, in steps of 50 ms, until `value` is as expected. */
const soon = <T>(value: () => T | Promise<T>, timeout = LIMIT_MS) =>
  expect.poll(value, { timeout });

/** A caller in a room to which that agent was sent. */
async function calls(agent: string, metadata = GERMAN): Promise<TestCaller> {
  const call = await stage.call(undefined);
  await stage.dispatches.createDispatch(call.room, agent, { metadata });
  return call;
}

beforeAll(async () => {
  [stage, gateway] = await Promise.all([openStage(), startGateway()]);
  const hosted = stage.startWorker({
    STT: 'inference:deepgram/nova-3',
    TTS: 'inference:cartesia/sonic-3',
    LIVEKIT_INFERENCE_URL: gateway.url,
  });
  await hosted.live();
}, TEST_MS);

afterAll(async () => {
  await stage?.close();
  await gateway?.close();
}, TEST_MS);

describe('with hosted speech', () => {
  test(
    'Ada greets, answers and hands over in German, and Frank goes on in it',
    async () => {
      const call = await calls('front-desk');
      await soon(() => call.said, 3 * LIMIT_MS).toContain(
        'hier ist Ada. Was kann ich für Sie tun?',
      );
      await call.type('Wann haben Sie samstags geöffnet?');
      await soon(() => call.said).toContain('von 9 Uhr bis 12 Uhr');
      await call.type('Ich habe eine Frage zu meiner Rechnung.');
      await soon(() => call.saidBy.get('Frank') ?? '').toMatch(
        /Hier ist Frank von der Abrechnung\. Ada sagt mir, .* Rechnung/,
      );
      await soon(() => call.agentNames()).toEqual(['billing']);
      await call.type('Wie kann ich bezahlen?');
      await soon(() => call.saidBy.get('Frank') ?? '').toContain('per Überweisung');
      expect(call.said).not.toMatch(/How can I help|This is/);
      const told = gateway.sent.filter(({ type }) => type === 'session.create');
      expect(told).toContainEqual(expect.objectContaining({ language: 'de' }));
      expect(told).toContainEqual(
        expect.objectContaining({ settings: expect.objectContaining({ language: 'de' }) }),
      );
      await call.hangUp();
    },
    TEST_MS,
  );

  test(
    'one that comes in the place of a lost one goes on in it',
    async () => {
      const history = [{ kind: 'said' as const, speaker: 'agent' as const, text: 'Wie bitte?' }];
      const resume = writeLanguage('de', writeBrief({ kind: 'resume', history }));
      const call = await calls('front-desk', resume);
      await soon(() => call.said).toContain('wir waren einen Moment unterbrochen. Wie bitte?');
      await call.hangUp();
    },
    TEST_MS,
  );

  test(
    'who asks for nothing is greeted in English',
    async () => {
      const call = await calls('line-check', '');
      await soon(() => call.said).toContain('This is Milo');
      await call.hangUp();
    },
    TEST_MS,
  );
});
