// What others than this machine can reach does not start without sign-in: the real programs, all together and
// the web process alone, with and without the commands that check the settings first.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_LIVEKIT, testFolder } from '@/lib/testing/calls-database';
import { freePort } from '@/lib/testing/ports';
import { root } from './lib/paths.mjs';

/** Milliseconds for a program to start or to end: a busy machine takes its time. */
const LIMIT_MS = 90_000;
const SECRET = 'a-secret-for-tests-of-32-characters';
/** Nothing of the clone's own `.env` counts. */
const NOTHING = { HOST: '', AUTH: '', AUTH_SECRET: '', PUBLIC_URL: '', CALLBOARD_URL: '' };
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next');

let place;
let running;

beforeAll(async () => {
  place = await testFolder();
}, LIMIT_MS);
afterEach(async () => {
  if (running?.child.exitCode === null) running.child.kill('SIGTERM');
  await running?.ended;
}, LIMIT_MS);
afterAll(() => place.remove());

const PROGRAMS = {
  'npm start': [join(root, 'scripts/start.mjs')],
  'npm run web': [join(root, 'scripts/run.mjs'), 'web'],
  // As the image starts it, on whichever port is free.
  'the web process itself': [NEXT, 'start', '--hostname', '127.0.0.1', '--port', '0'],
};

/** Starts a program; `ended` resolves with its exit code, `said` is all it has said so far. */
function start(program, settings) {
  const { PATH, HOME } = process.env;
  const own = { PATH, HOME, NODE_ENV: 'production', ...place.env };
  const child = spawn(process.execPath, PROGRAMS[program], {
    cwd: root,
    env: { ...own, ...NO_LIVEKIT, ...NOTHING, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = { child, said: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      running.said += text;
    });
  }
  running.ended = new Promise((resolve) => child.once('close', resolve));
  return running;
}

describe.each(Object.keys(PROGRAMS))('%s', (program) => {
  it.each([
    ['with nothing set', { HOST: '0.0.0.0' }, 'HOST is 0.0.0.0, which is not this machine alone'],
    [
      'with a secret that is too short',
      { HOST: '0.0.0.0', AUTH_SECRET: 'short-one' },
      'AUTH_SECRET',
    ],
    [
      'at an address without TLS',
      { AUTH_SECRET: SECRET, PUBLIC_URL: 'http://calls.example.com' },
      'PUBLIC_URL must begin with https://',
    ],
  ])(
    'does not start %s, and says what to do',
    async (_, settings, why) => {
      const { ended } = start(program, settings);
      expect(await ended, running.said).toBe(1);
      expect(running.said).toContain(why);
      expect(running.said).toContain('Set them in .env; .env.example lists every setting.');
      if (!settings.PUBLIC_URL) {
        expect(running.said).toContain('AUTH_SECRET must have at least 32 characters');
        expect(running.said).toContain('PUBLIC_URL must be the address of the page');
      }
      if (settings.AUTH_SECRET) expect(running.said).not.toContain(settings.AUTH_SECRET);
      expect(running.said).not.toMatch(/^\s+at /m);
    },
    LIMIT_MS,
  );
});

it(
  'starts with sign-in set: strangers get no further than its page',
  async () => {
    const PORT = String(await freePort());
    start('npm run web', { PORT, AUTH_SECRET: SECRET, PUBLIC_URL: 'https://calls.example.com' });
    // Where that port is in use by now, it takes another one, and says which.
    const address = () => running.said.match(/web on (http:\S+)\. Stop/)?.[1];
    const saidOrEnded = () => address() !== undefined || running.child.exitCode !== null;
    await expect.poll(saidOrEnded, { timeout: LIMIT_MS }).toBe(true);
    expect(address(), running.said).toBeDefined();
    const web = address();
    const status = (path) =>
      fetch(web + path, { redirect: 'manual' }).then(
        ({ status: is }) => is,
        () => 0,
      );
    await expect.poll(() => status('/sign-in'), { timeout: LIMIT_MS, message: 'ready' }).toBe(200);
    expect(await Promise.all(['/api/calls', '/calls'].map(status))).toEqual([401, 307]);
    await expect
      .poll(() => running.said, { timeout: LIMIT_MS })
      .toMatch(/Make the first one, an admin: https:\/\/calls\.example\.com\/welcome\/[\w-]{43}/);
    expect(running.said).not.toContain(SECRET);
  },
  3 * LIMIT_MS,
);
