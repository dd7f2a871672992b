// A language model that fails, against a chat server on loopback and nobody at all: the caller hears one
// apology, and the built-in brain goes on.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initializeLogger } from '@livekit/agents';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { callModel } from '../testing/model-call';
import { APOLOGY } from './standby';
import { NOW } from './testing/practice';
import { StillCall } from './testing/talk';

const other = (url: string) => ({ LLM_URL: url, LLM_MODEL: 'qwen3:8b' });

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));
beforeEach(() => void vi.stubEnv('DATA_DIR', mkdtempSync(join(tmpdir(), 'data-'))));
afterEach(() => vi.unstubAllEnvs());

describe('a model that does not answer: an apology, once, and the built-in brain goes on', () => {
  const fails = (status: number) => () => ({ status });
  test.each([401, 404, 429, 500])('status %s', async (status) => {
    const script = Array.from({ length: 20 }, () => fails(status));
    const { say, failures } = await callModel(script, other);
    expect(await say('What is your address?')).toEqual([
      expect.stringMatching(new RegExp(`^${APOLOGY} .*14 Willow Street`)),
    ]);
    expect(failures[0]).toMatchObject({ statusCode: status });
    const next = await say('And your telephone number?');
    expect(next.join()).toMatch(/^Our number/);
    expect(next.join()).not.toContain(APOLOGY);
  });

  test('in a German call, in German', async () => {
    const call = new StillCall(NOW);
    call.language = 'de';
    const script = Array.from({ length: 20 }, () => fails(500));
    const { say } = await callModel(script, other, call);
    const [answer] = await say('Wo sind Sie?');
    expect(answer).toMatch(/^Es tut mir leid, ich kann gerade nicht .*14 Willow Street/);
    expect((await say('Und Ihre Telefonnummer?')).join()).not.toContain('nachdenken');
  });

  test('nobody listens', async () => {
    const { say, failures } = await callModel([], () => other('http://127.0.0.1:9/v1'));
    expect((await say('What is your address?')).join()).toContain('14 Willow Street');
    expect(failures[0]).toBeInstanceOf(Error);
  });

  test('it hangs', async () => {
    const { say } = await callModel([() => ({ hang: true })], other);
    expect((await say('What is your address?')).join()).toContain('14 Willow Street');
  });

  test('its tools work as before: a booking is made', async () => {
    const { say } = await callModel([fails(500), fails(500), fails(500), fails(500)], other);
    const said = await say('Doctor Lee on Friday at half past two please, for Sarah Jones.');
    expect(said).toContain('[findFreeTimes]');
  });

  test('back again, it is asked again', async () => {
    const { say } = await callModel(
      [fails(500), () => ({ say: 'I am back.' }), () => ({ say: 'I am back.' })],
      other,
    );
    await say('What is your address?');
    await vi.waitFor(async () => expect(await say('Hello?')).toEqual(['I am back.']), 5_000);
  });
});
