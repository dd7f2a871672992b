// Why a process could not start, from real processes that die as they do it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { errorIn, errorText, failureIn, whyEnded } from './failure';

/** What a program that dies writes to standard error, and how it ends. */
async function dies(program: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let written = '';
  child.stderr.on('data', (piece) => {
    written += piece;
  });
  const [code, signal] = await once(child, 'close');
  return { written, code, signal, ms: 1_234 };
}

it.each<[string, string, string | RegExp]>([
  ['a missing module', 'import "not-there"', /Error.*: Cannot find package 'not-there' imported/],
  ['a missing file', 'import "/no/such.js"', /Error.*: Cannot find module '\/no\/such.js'/],
  ['a thrown error', 'throw new TypeError("no model")', 'TypeError: no model'],
  ['several lines', 'throw new Error("one\\ntwo")', 'Error: one two'],
  ['a wrong program', 'let a; let a;', /SyntaxError: .*'a' has already been declared/],
  ['an end without a word', 'process.exit(3)', 'The process ended with code 3 after 1.2 s'],
  [
    'a kill',
    'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 9)',
    'The process was ended by SIGKILL after 1.2 s',
  ],
])('of %s', async (_, program, why) => {
  expect(whyEnded(await dies(program))).toMatch(why);
});

it('takes the last error, and none for one', () => {
  expect(errorIn('Error: first\n    at a\nlater\nRangeError: last\n    at b\n')).toBe(
    'RangeError: last',
  );
  expect(errorIn('a warning\nof no importance\n')).toBeUndefined();
});

it('prefers what the process said itself, and takes nothing else for that', () => {
  const ending = { code: 0, signal: null, written: 'Error: other', ms: 0 };
  expect(whyEnded({ ...ending, said: 'the model is missing' })).toBe('the model is missing');
  expect(failureIn({ case: 'callboardFailed', message: 'm' })).toBe('m');
  expect(failureIn({ case: 'initializeResponse', value: undefined })).toBeUndefined();
  expect(failureIn(undefined)).toBeUndefined();
});

it('tells causes, and no secrets', () => {
  const token = 'eyJhbGciOi.eyJzdWIi.c2lnbmVk';
  const error = new Error('not loaded', { cause: new Error(`with ${token}`, { cause: 'disk' }) });
  expect(errorText(error)).toBe('not loaded Because: with [token] Because: disk');
});
