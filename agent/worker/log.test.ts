import { initializeLogger, log } from '@livekit/agents';
import { afterAll, expect, it, vi } from 'vitest';
import { cleanLog } from '@/agent/framework/log';

afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  initializeLogger({ pretty: false, level: 'silent' });
});

it('writes errors without payloads, secrets and control characters, also those of the framework', () => {
  vi.stubEnv('LLM_KEY', 'hush-hush-hush');
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(`${line}`) > 0);
  initializeLogger({ pretty: false, level: 'warn' });
  const early = log().child({ pid: 1 });
  cleanLog();
  const cause = new Error('refused\u009b2J', { cause: { text: 'my card' } });
  const error = Object.assign(new Error('with hush-hush-hush', { cause }), {
    name: 'APIError',
    code: 'E_X',
    request: { messages: ['my card is 4111'] },
  });
  log().warn({ error, url: 'https://u:pw@a.example' }, 'the model\nfailed');
  early.error(error, 'the session failed');
  log().child({ job: 'x' }).error({ err: error });
  early.fatal(error);
  log().warn(
    { error: 'as a text: hush-hush-hush', room: 'x\u009b' },
    'it said \u202ehush-hush-hush',
  );
  vi.restoreAllMocks();
  expect(written).toHaveLength(5);
  const text = 'APIError E_X: with [secret]; caused by Error: refused\\u009b2J; caused by Object';
  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { error: text, url: 'https://[secret]@a.example', msg: 'the model\\nfailed' },
    { pid: 1, err: text, msg: 'the session failed' },
    { job: 'x', err: text },
    { err: text, msg: 'with [secret]' },
    { error: 'as a text: [secret]', room: 'x\\u009b', msg: 'it said \\u202e[secret]' },
  ]);
  expect(written.join('')).not.toMatch(/hush|4111|card|u:pw/);
});
