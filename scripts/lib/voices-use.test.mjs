// Which settings choose a model, how they get into .env, and the command as it is typed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { CATALOGUE } from './voices-catalogue.mjs';
import { settingsFor, withSettings, writeSettings } from './voices-use.mjs';

const entry = (name) => CATALOGUE.find((one) => one.name === name);
let dir;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callboard-use-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('chooses a voice, one of its speakers, or a recogniser', () => {
  const kokoro = entry('kokoro');
  expect(settingsFor(kokoro)).toEqual({ SPEECH_TTS_MODEL: 'kokoro', SPEECH_TTS_VOICE: undefined });
  expect(settingsFor(kokoro, 'bf_emma').SPEECH_TTS_VOICE).toBe('bf_emma');
  expect(() => settingsFor(kokoro, 'ada')).toThrow(/has the voices af, af_bella/);
  expect(settingsFor(entry('parakeet'))).toEqual({ SPEECH_STT_MODEL: 'parakeet' });
  expect(() => settingsFor(entry('parakeet'), 'ada')).toThrow(/no voice to choose/);
});

test.each([
  ['', { A: '1' }, 'A=1\n'],
  ['# note\nA=0\nB=2\n', { A: '1' }, '# note\nA=1\nB=2\n'],
  ['A=0\nB=2', { A: undefined }, 'B=2\n'],
  ['export A = 0\n# A=5\nA=3\n', { A: '1' }, 'A=1\n# A=5\n'],
  ['B=2\n', { A: undefined }, 'B=2\n'],
])('%j with %j', (text, settings, expected) => {
  expect(withSettings(text, settings)).toBe(expected);
});

it('keeps the rights of the file, and gives a new one to its owner alone', () => {
  const file = join(dir, '.env');
  writeSettings(file, { A: '1' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'B=2\n');
  writeSettings(file, { A: '1' });
  expect(readFileSync(file, 'utf8')).toBe('B=2\nA=1\n');
});

/** The command, as typed: its code and what it said. */
function typed(...args) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dir, NO_COLOR: '1' };
  try {
    const options = { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
    return {
      code: 0,
      said: execFileSync(process.execPath, ['scripts/voices.mjs', ...args], options),
    };
  } catch (error) {
    return { code: error.status, said: error.stdout + error.stderr };
  }
}

it('lists, with what is here and in use', () => {
  mkdirSync(join(dir, 'voices/piper-cori'), { recursive: true });
  const files = { vits: { model: 'voice.json' } };
  writeFileSync(join(dir, 'voices/piper-cori/voice.json'), JSON.stringify({ files }));
  const { code, said } = typed('list');
  expect(code).toBe(0);
  expect(said).toMatch(/piper-cori +speaks +en +67 MB +public domain +here/);
  expect(said).toMatch(/kokoro +speaks +en +103 MB +Apache-2\.0 +\S* *eleven/);
  expect(typed('remove', 'piper-cori')).toEqual({ code: 0, said: 'piper-cori is deleted.\n' });
  expect(typed('remove', 'piper-cori').said).toBe('piper-cori is not here.\n');
});

test.each([
  [[], 2, 'Name a command'],
  [['sing'], 2, 'no command sing'],
  [['add'], 2, 'add takes the name of a voice'],
  [['add', 'nobody'], 2, 'There is no nobody; there are kokoro'],
  [['add', 'kokoro'], 2, 'Nobody can be asked here: say --yes'],
  [['use', 'kokoro', 'ada'], 2, 'kokoro has the voices'],
  [['use', 'kokoro'], 1, 'First: npm run voices -- add kokoro'],
  [['list', '--loud'], 2, "Unknown option '--loud'"],
])('%j ends with code %i: %s', (args, code, words) => {
  const result = typed(...args);
  expect(result.code).toBe(code);
  expect(result.said).toContain(words);
});

it('the size is said before anything is downloaded', () => {
  expect(typed('add', 'kokoro').said).toMatch(
    /^kokoro: .* Licence: Apache-2\.0\. 115 MB to download/,
  );
});
