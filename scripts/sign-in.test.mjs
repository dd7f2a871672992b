// What others than this machine can reach does not start without sign-in. Which settings that takes is tested in
// lib/rights; what strangers may do with them, in the browser (e2e/sign-in.spec.ts).
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';
import { agentsNeedBuild, buildAgents } from './lib/build.mjs';
import { root } from './lib/paths.mjs';

/** Nothing of the clone's own `.env` counts. */
const SETTINGS = {
  ...NO_LIVEKIT,
  ...{ AUTH: '', PUBLIC_URL: '', CALLBOARD_URL: '', HOST: '0.0.0.0', AUTH_SECRET: 'short-one' },
};
const WHY = 'HOST is 0.0.0.0, which is not a loopback address';

// Set-up has built them as a rule.
beforeAll(async () => {
  if (agentsNeedBuild()) await buildAgents();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function says(said) {
  expect(said).toContain(WHY);
  expect(said).toContain('AUTH_SECRET must have at least 32 characters');
  expect(said).toContain('PUBLIC_URL must be the address of the page');
  expect(said).toContain('Set them in .env; .env.example lists every setting.');
  expect(said).not.toContain(SETTINGS.AUTH_SECRET);
  expect(said).not.toMatch(/^\s+at /m);
}

it.each([
  ['npm start', ['start.mjs']],
  ['npm run web', ['run.mjs', 'web']],
])('%s does not start, and says what to do', async (_, [program, ...args]) => {
  const { PATH, HOME, DATA_DIR } = process.env;
  const env = { PATH, HOME, DATA_DIR, ...SETTINGS };
  const { code, said } = await new Promise((resolve) => {
    const argv = [join(root, 'scripts', program), ...args];
    execFile(process.execPath, argv, { cwd: root, env }, (error, out, err) =>
      resolve({ code: error?.code, said: out + err }),
    );
  });
  expect(code, said).toBe(1);
  says(said);
});

it('the web process itself ends before it does anything, and says what to do', async () => {
  for (const [name, value] of Object.entries({ ...SETTINGS, NEXT_RUNTIME: 'nodejs' })) {
    vi.stubEnv(name, value);
  }
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`ended with ${code}`);
  });
  const { register } = await import('@/instrumentation');
  await expect(register()).rejects.toThrow('ended with 1');
  expect(exit).toHaveBeenCalledOnce();
  says(log.mock.calls.flat().join('\n'));
});
