// All included scenarios, one after the other with real speech, against everything that `npm start` runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Everything, everything } from '@/e2e/faults/support/parts';
import { outputOf } from '@/lib/testing/processes';

/** Milliseconds for all of them: each is a call of up to a minute. */
const ALL_MS = 30 * 60_000;
const START_MS = 180_000;

let all: Everything;

beforeAll(async () => {
  all = await everything();
}, START_MS);
afterAll(() => all?.close(), START_MS);

test('all scenarios pass', { timeout: ALL_MS }, async () => {
  const child = spawn('npm', ['run', 'simulate', '--', 'basic', 'thorough'], {
    env: { ...process.env, CALLBOARD_URL: all.product.stack.web },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = outputOf(child);
  const [code] = await once(child, 'close');
  expect(code, said()).toBe(0);
});
