// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a reference in these files looks the same
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { envFileFaults, envFileValues, readEnvFiles } from '@/lib/core/env-files';

const read = (text: string, env: Record<string, string> = {}) =>
  envFileValues([{ name: '.env', text }], env);
const faults = (text: string, env: Record<string, string> = {}) =>
  envFileFaults([{ name: '.env', text }], env).map(({ name, kind }) => `${name} ${kind}`);

it.each([
  // In single quotes everything is literal.
  ["'pa$word#1'", 'pa$word#1'],
  ['\'pa$HOME ${HOME} \\$x \\n # "q" `b`\'', 'pa$HOME ${HOME} \\$x \\n # "q" `b`'],
  ["  'x'   # a comment", 'x'],
  ["'two\nlines'", 'two\nlines'],
  ["''", ''],
  // `#` begins a comment only after white space.
  ['pass#word', 'pass#word'],
  ['#word', '#word'],
  ['http://a/#b # c', 'http://a/#b'],
  ['3000 # the page', '3000'],
  ['3000\t# the page', '3000'],
  [' # nothing', ''],
  ['"a # b"# c', 'a # b'],
  // Variables.
  ['$HOME/x', '/home/me/x'],
  ['"${HOME}/x"', '/home/me/x'],
  ['${NONE:-usual}-${HOME:-no}', 'usual-/home/me'],
  ['${NONE-usual}', 'usual'],
  ['a$NONE-b', 'a-b'],
  ['a\\$HOME', 'a$HOME'],
  ['a$1$$', 'a$1$$'],
  ['$X', ''],
  // As with Next.
  ['a b', 'a b'],
  ['"a\\nb"', 'a\nb'],
  ['a\\nb', 'a\\nb'],
  ['`a\'b"c`', 'a\'b"c'],
  ['"{\\"a\\":1}"', '{"a":1}'],
  ["it's", "it's"],
  ["'it's'", "'it's'"],
  ['a=b==', 'a=b=='],
])('X=%s is %j', (text, value) => {
  expect(read(`A=1\nX=${text}\nB=2`, { HOME: '/home/me' })).toEqual({ A: '1', X: value, B: '2' });
});

it('reads names as Next does, and other lines not at all', () => {
  const text = '\uFEFFexport A=1\r\n# B=2\r\n C = 3\r\nD: 4\r\nnothing\r\nE=\r\nF.g-h=5\rA=6';
  expect(read(text)).toEqual({ A: '6', C: '3', D: '4', E: '', 'F.g-h': '5' });
});

it('never changes the environment, which takes precedence, nor expands its values', () => {
  const env = { SECRET: 'pa$word', EMPTY: '' };
  expect(read('SECRET=other\nEMPTY=1\nURL=x:$SECRET@y', env)).toEqual({ URL: 'x:pa$word@y' });
});

it('takes the first file, and expands across files', () => {
  const files = [
    { name: '.env.local', text: 'A=$B/2' },
    { name: '.env', text: "A=1\nB='b$C'" },
  ];
  expect(envFileValues(files, {})).toEqual({ A: 'b$C/2', B: 'b$C' });
});

it('names the settings that are not what is written, and no value', () => {
  const text = `DATABASE_URL=postgres://u:pa$word@h/db
AUTH_SECRET="x$HOME"
OPENAI_API_KEY='sk-$word'
LLM_KEY=\${HOME}
DATA_DIR=$HOME/data
HOST=$NOBODY
PUBLIC_URL=\${NOBODY:-}
LLM_URL='http://a' b'
SPEECH_KEY=a\\$b#c # d
LETTA_API_KEY=a #b
PORT=3 #b`;
  expect(faults(text, { HOME: '/home/me' })).toEqual([
    'DATABASE_URL $',
    'AUTH_SECRET $',
    'HOST $',
    'LLM_URL quotes',
    'LETTA_API_KEY #',
  ]);
  expect(faults('AUTH_SECRET=“abc”\nLLM_KEY=‘abc’\nOPENAI_API_KEY=abc”')).toEqual([
    'AUTH_SECRET quotes',
    'LLM_KEY quotes',
  ]);
  // Set in the environment to what is written.
  expect(faults('AUTH_SECRET=x$y', { AUTH_SECRET: 'x$y' })).toEqual([]);
});

it.each([
  ['UTF-8', '', 'utf8'],
  ['UTF-8 with a mark', '\uFEFF', 'utf8'],
  ['UTF-16, as Windows writes it', '\uFEFF', 'utf16le'],
  ['UTF-16, big-endian', '\uFEFF', 'swapped'],
])('reads %s', (_, mark, encoding) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const text = `${mark}A=bücher\r\nB='2'\r\n`;
  const swapped = encoding === 'swapped';
  const bytes = Buffer.from(text, swapped ? 'utf16le' : (encoding as BufferEncoding));
  writeFileSync(join(folder, '.env'), swapped ? bytes.swap16() : bytes);
  expect(envFileValues(readEnvFiles(folder, 'test'), {})).toEqual({ A: 'bücher', B: '2' });
});

it('reads the files that Next reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = ['.env', '.env.local', '.env.production', '.env.test', '.env.development.local'];
  for (const name of names) writeFileSync(join(folder, name), 'A=1');
  mkdirSync(join(folder, '.env.development'));
  const found = (mode: string) => readEnvFiles(folder, mode).map(({ name }) => name);
  expect(found('production')).toEqual(['.env.local', '.env.production', '.env']);
  expect(found('development')).toEqual(['.env.development.local', '.env.local', '.env']);
  expect(found('test')).toEqual(['.env.test', '.env']);
});
