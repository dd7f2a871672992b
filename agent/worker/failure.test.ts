// Why a process could not start, with real processes that die in each way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { errorIn, errorText, failureIn, unloadedIn, whyEnded } from '@/agent/worker/failure';

/** What a dying program writes to standard error, and how it ends. */
async function dies(program: string, options: readonly string[] = []) {
  const child = spawn(process.execPath, [...options, '--input-type=module', '-e', program]);
  const [written, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { written, code, signal, ms: 1_234 };
}

it.each<[string, string, string | RegExp]>([
  ['a missing module', 'import "not-there"', /Error.*: Cannot find package 'not-there' imported/],
  ['a thrown error', 'throw new TypeError("no model")', 'TypeError: no model'],
  ['several lines', 'throw new Error("one\\ntwo")', 'Error: one two'],
  ['an exit without output', 'process.exit(3)', 'The process ended with code 3 after 1.2 s'],
  [
    'a kill',
    'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 9)',
    'The process was ended by SIGKILL after 1.2 s',
  ],
])('of %s', async (_, program, why) => {
  expect(whyEnded(await dies(program))).toMatch(why);
});

it('is printed without properties of the error', async () => {
  const error = "Object.assign(new TypeError('no\\nmodel'), { request: 'my card', [Symbol()]: 1 })";
  for (const end of [`throw ${error}`, `await Promise.reject(${error})`]) {
    const program = `const { printUncaughtErrors } = await import('./agent/worker/failure.ts');
      printUncaughtErrors(); ${end}`;
    const dead = await dies(program, ['--import', 'tsx']);
    expect(dead.code).toBe(1);
    expect(dead.written).not.toContain('my card');
    expect(whyEnded(dead)).toContain('TypeError: no\\nmodel');
  }
});

it('returns the last error, or none', () => {
  expect(errorIn('Error: first\n    at a\nlater\nRangeError: last\n    at b\n')).toBe(
    'RangeError: last',
  );
  expect(errorIn('a warning\nof no importance\n')).toBeUndefined();
});

it("prefers the process's own message, and accepts nothing else as one", () => {
  const ending = { code: 0, signal: null, written: 'Error: other', ms: 0 };
  expect(whyEnded({ ...ending, said: 'the model is missing' })).toBe('the model is missing');
  expect(failureIn({ case: 'callboardFailed', message: 'm' })).toBe('m');
  expect(failureIn({ case: 'initializeResponse', value: undefined })).toBeUndefined();
  expect(failureIn(undefined)).toBeUndefined();
  const failures = { billing: 'm' };
  expect(unloadedIn({ case: 'callboardLoaded', failures })).toEqual(new Map([['billing', 'm']]));
  expect(unloadedIn({ case: 'callboardFailed', message: 'm' })).toBeUndefined();
});

it('contains causes, and no secrets', () => {
  const token = 'eyJhbGciOi.eyJzdWIi.c2lnbmVk';
  const error = new Error('not loaded', { cause: new Error(`with ${token}`, { cause: 'disk' }) });
  expect(errorText(error)).toBe('not loaded Because: with [token] Because: disk');
});
