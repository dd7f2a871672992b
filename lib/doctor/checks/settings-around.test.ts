// Checks of what surrounds the product: `.env` files, and the proxy of the environment.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Check } from '@/lib/core/finding';
import { runCheck } from '@/lib/doctor/check';
import { envFileChecks } from '@/lib/doctor/checks/env-files';
import { proxyChecks } from '@/lib/doctor/checks/proxy';
import { serverChecks } from '@/lib/doctor/checks/server';
import { startRecordingProxy } from '@/lib/testing/recording-proxy';
import { testServer } from '@/lib/testing/server';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const SERVER = 'ws://livekit.invalid:7880';
const run = (check: Check | undefined) => {
  if (!check) throw new Error('there is no check');
  return runCheck(check);
};
const proxyCheck = (LIVEKIT_URL = SERVER) => proxyChecks(testServer({ LIVEKIT_URL }), 'en')[0];

describe('.env', () => {
  function write(text: string) {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-env-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, '.env'), text);
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
  }

  it('names the settings that are not as written, and shows no value', async () => {
    write(
      'DATABASE_URL=postgres://u:pa$word@h/db\nAUTH_SECRET=abc #def\nLLM_KEY="a" b\nPORT=1 # b',
    );
    const { state, seen, todo } = await run(envFileChecks('en')[0]);
    expect(state).toBe('warn');
    expect(seen).toBe(
      'DATABASE_URL in .env: the $ in its value was taken for a variable. ' +
        'AUTH_SECRET in .env: the value ends at a #, which was taken for a comment. ' +
        'LLM_KEY in .env: the quotation mark at the beginning was taken for a part of the value.',
    );
    expect(todo).toContain('single quotes');
  });

  it('is content otherwise, and is not checked if there is none', async () => {
    expect(envFileChecks('en')).toEqual([]);
    write("AUTH_SECRET='abc #def$x'");
    expect((await run(envFileChecks('en')[0])).state).toBe('ok');
  });
});

describe('a proxy', () => {
  it('is named, with what it answers, if agents use it for a remote server', async () => {
    const proxy = await startRecordingProxy(403);
    onTestFinished(() => proxy.close());
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('//', '//user:pass%40word@'));
    const said = await run(proxyCheck());
    expect(said).toMatchObject({
      state: 'fail',
      seen: 'The proxy of HTTP_PROXY does not connect agents to livekit.invalid:7880: it answers 403.',
    });
    expect(said.todo).toContain('add it to NO_PROXY');
    expect(proxy.asked).toEqual(['CONNECT livekit.invalid:7880']);
    // As LiveKit's client sends it, which does not decode it.
    expect(proxy.logins).toEqual(['user:pass%40word']);
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('http:', 'https:'));
    expect((await run(proxyCheck())).seen).toContain('it answers 403');
    proxy.close();
    const { seen } = await run(proxyCheck());
    expect(seen).toContain('it does not answer: ECONNREFUSED');
    // The web process itself does not use it, which is why it cannot reach the server.
    const { state, todo } = await run(serverChecks(testServer({ LIVEKIT_URL: SERVER }), 'en')[0]);
    expect([state, todo]).toEqual(['fail', expect.stringContaining('HTTP_PROXY is set, but')]);
  });

  it('is well if it connects', async () => {
    const [proxy, target] = await Promise.all([startRecordingProxy(), startRecordingProxy()]);
    onTestFinished(() => [proxy, target].forEach((one) => void one.close()));
    // A name of this machine that is not recognized as one.
    const url = target.url.replace('http://127.0.0.1', 'ws://[::ffff:127.0.0.1]');
    vi.stubEnv('http_proxy', proxy.url);
    expect(await run(proxyCheck(url))).toMatchObject({ state: 'ok' });
  });

  it.each([
    ['ws://127.0.0.1:7880', ''],
    [SERVER, 'livekit.invalid'],
  ])('is not checked for %s with NO_PROXY=%s', (url, except) => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('NO_PROXY', except);
    expect(proxyCheck(url)).toBeUndefined();
  });
});
