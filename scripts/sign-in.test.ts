// A server that others can reach does not start without sign-in. The required settings are tested in lib/auth, the
// permissions of anonymous visitors in the browser.
import { spawnSync } from 'node:child_process';
import { afterEach, expect, it, vi } from 'vitest';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';

/** Ignores the clone's own `.env`. */
const SETTINGS = {
  ...NO_LIVEKIT,
  ...{ AUTH: '', PUBLIC_URL: '', CALLBOARD_URL: '', HOST: '0.0.0.0', AUTH_SECRET: 'short-one' },
};
const WHY = 'HOST is 0.0.0.0, which is not a loopback address';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function says(said: string): void {
  expect(said).toContain(WHY);
  expect(said).toContain('AUTH_SECRET must have at least 32 characters');
  expect(said).toContain('PUBLIC_URL must be the URL of the page');
  expect(said).toContain('Set them in .env; docs/configuration.md lists every setting.');
  expect(said).not.toContain(SETTINGS.AUTH_SECRET);
  expect(said).not.toMatch(/^\s+at /m);
}

it.each([
  ['npm start', ['start.ts']],
  ['npm run web', ['part.ts', 'web']],
])('%s does not start, and says what to do', async (_, [program, ...args]) => {
  const { PATH, HOME, DATA_DIR } = process.env;
  const env = { NODE_ENV: 'test' as const, PATH, HOME, DATA_DIR, ...SETTINGS };
  const argv = ['--import', 'tsx', `scripts/${program}`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
  expect(status, stdout).toBe(1);
  says(stdout + stderr);
});

it('the web process itself exits before it does anything, and says what to do', async () => {
  for (const [name, value] of Object.entries({ ...SETTINGS, NEXT_RUNTIME: 'nodejs' })) {
    vi.stubEnv(name, value);
  }
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exited with ${code}`);
  });
  const { register } = await import('@/instrumentation');
  await expect(register()).rejects.toThrow('exited with 1');
  expect(exit).toHaveBeenCalledOnce();
  says(log.mock.calls.flat().join('\n'));
});
