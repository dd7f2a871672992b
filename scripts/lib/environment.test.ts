import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseConfig } from '@/lib/core/config';
import {
  completeEnv,
  type Env,
  loadEnv,
  usesLocalServer,
  usesLocalSpeech,
} from '@/scripts/lib/environment';
import { livekitConfig } from '@/scripts/lib/parts';

const keys = { key: 'APIlocal', secret: 's'.repeat(43) };
const ports = { web: 3100, livekit: 7900, speech: 7990, rtc: 7901 };
const complete = (env: Env, more?: { together: boolean }) =>
  completeEnv(env, { ports, keys, ...more });

describe('the environment of the parts', () => {
  it('connects the parts, and is a valid configuration', () => {
    const env = complete({});
    expect(env).toMatchObject({
      HOST: '127.0.0.1',
      PORT: '3100',
      LIVEKIT_URL: 'ws://127.0.0.1:7900',
      LIVEKIT_API_KEY: keys.key,
      LIVEKIT_API_SECRET: keys.secret,
      CALLBOARD_URL: 'http://127.0.0.1:3100',
      SPEECH_STT_URL: 'http://127.0.0.1:7990/v1',
      SPEECH_TTS_URL: 'http://127.0.0.1:7990/v1',
      NEXT_TELEMETRY_DISABLED: '1',
    });
    expect(parseConfig(env).PORT).toBe(3100);
  });

  it('never sends the local keys to another server', () => {
    const env = complete({ LIVEKIT_URL: 'wss://a.livekit.cloud', LIVEKIT_API_KEY: 'APImine' });
    expect(usesLocalServer(env)).toBe(false);
    expect(env.LIVEKIT_API_SECRET).toBeUndefined();
    expect(() => parseConfig(env)).toThrow(/LIVEKIT_API_SECRET is not set/);
  });

  it('uses loopback if it listens on all addresses', () => {
    expect(complete({ HOST: '0.0.0.0' }).CALLBOARD_URL).toBe('http://127.0.0.1:3100');
    expect(complete({ HOST: '::1' }).LIVEKIT_URL).toBe('ws://[::1]:7900');
  });

  it('runs the speech server only if it is used', () => {
    const hosted = 'https://api.openai.com/v1';
    expect(usesLocalSpeech({})).toBe(true);
    expect(usesLocalSpeech({ SPEECH_STT_URL: hosted })).toBe(true);
    expect(usesLocalSpeech({ SPEECH_STT_URL: hosted, SPEECH_TTS_URL: hosted })).toBe(false);
    // The default is still this machine's own server.
    const own = complete({ SPEECH_STT_URL: 'http://127.0.0.1:7890/v1', SPEECH_TTS_URL: hosted });
    expect(own.SPEECH_STT_URL).toBe('http://127.0.0.1:7990/v1');
    expect(own.SPEECH_TTS_URL).toBe(hosted);
  });

  it('keeps the speech server on loopback, and passes its key to the workers', () => {
    const env = complete({ HOST: '192.168.1.5', SPEECH_KEY: 'secret of speech' });
    expect(env.SPEECH_STT_URL).toBe('http://127.0.0.1:7990/v1');
    expect(env).toMatchObject({ SPEECH_STT_KEY: env.SPEECH_KEY, SPEECH_TTS_KEY: env.SPEECH_KEY });
    const hosted = complete({ SPEECH_TTS_URL: 'https://api.openai.com/v1', SPEECH_KEY: 'k' });
    expect(hosted.SPEECH_TTS_KEY).toBeUndefined();
    const alone = complete({ HOST: '192.168.1.5' }, { together: false });
    expect(alone.SPEECH_STT_URL).toBe('http://192.168.1.5:7990/v1');
  });

  it('keeps the URL of the web process for a part that runs alone', () => {
    const env = { CALLBOARD_URL: 'https://calls.example.com' };
    expect(complete(env, { together: false }).CALLBOARD_URL).toBe(env.CALLBOARD_URL);
    expect(complete(env).CALLBOARD_URL).toBe('http://127.0.0.1:3100');
  });
});

describe("the local LiveKit server's configuration", () => {
  it('keeps audio on this machine unless HOST is set', () => {
    const near = JSON.parse(livekitConfig(complete({}), ports));
    expect(near.bind_addresses).toEqual(['127.0.0.1']);
    const loopback = { tcp_port: 0, ips: { includes: ['127.0.0.1/32'] } };
    expect(near.rtc).toMatchObject({ ...loopback, node_ip: '127.0.0.1' });
    for (const [own, node_ip, includes] of [
      ['192.168.1.5', '::1', ['127.0.0.1/32', '192.168.1.5/32']],
      ['fd00::5', '127.0.0.1', ['127.0.0.1/32', 'fd00::5/128']],
    ] as const) {
      const { rtc } = JSON.parse(livekitConfig(complete({}), ports, own));
      expect(rtc).toMatchObject({ ...loopback, node_ip, ips: { includes } });
    }
    expect(near.webhook.urls).toEqual(['http://127.0.0.1:3100/api/webhooks/livekit']);
    const open = JSON.parse(livekitConfig(complete({ HOST: '0.0.0.0' }), ports, '192.168.1.5'));
    expect(open.rtc).toMatchObject({ tcp_port: 7901 });
    expect(open.rtc.node_ip).toBeUndefined();
  });

  it.each([
    [undefined, true],
    ['prompts', true],
    ['off', false],
  ])('with INSIGHTS=%s, asks sessions of agents for an upload: %s', (INSIGHTS, asks) => {
    const { agents } = JSON.parse(livekitConfig(complete({ INSIGHTS }), ports));
    expect(agents.enable_user_data_recording).toBe(asks);
  });
});

it('the files are not read again by Next, which would shorten values', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, '.env'), "SECRET='pa$word#1'");
  const reader = createRequire(createRequire(import.meta.url).resolve('next')).resolve('@next/env');
  const program =
    'require(process.argv[1]).loadEnvConfig(process.argv[2]); console.log(process.env.SECRET)';
  // As `loadEnv` leaves the environment for the processes that it starts.
  const mark = process.env.__NEXT_PROCESSED_ENV;
  loadEnv();
  const { __NEXT_PROCESSED_ENV } = process.env;
  process.env.__NEXT_PROCESSED_ENV = mark;
  if (mark === undefined) delete process.env.__NEXT_PROCESSED_ENV;
  const env = { ...process.env, SECRET: 'pa$word#1', __NEXT_PROCESSED_ENV };
  const argv = ['-e', program, reader, folder];
  expect(execFileSync(process.execPath, argv, { env, encoding: 'utf8' })).toBe('pa$word#1\n');
});
