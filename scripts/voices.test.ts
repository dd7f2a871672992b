// The real download code with a tiny archive on loopback, served like the large ones on GitHub.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Say } from '@/scripts/lib/terminal';
import { runScript } from '@/scripts/testing/run-script';
import {
  addModel,
  CATALOGUE,
  filesOf,
  type Model,
  settingsFor,
  withSettings,
} from '@/scripts/voices';

let dir: string;
let web: Server;
let bytes: Buffer;
let entry: Model;
let env: { DATA_DIR: string };
let answer: (from: number, response: ServerResponse) => unknown;
const asked: string[] = [];

const add = (say: Say = () => {}, model = entry) =>
  addModel(env, model, say, `http://127.0.0.1:${(web.address() as AddressInfo).port}`);
const voices = () =>
  existsSync(env.DATA_DIR) ? readdirSync(join(env.DATA_DIR, 'voices')).sort() : [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'callboard-voices-'));
  env = { DATA_DIR: join(dir, 'data') };
  mkdirSync(join(dir, 'tiny'));
  writeFileSync(join(dir, 'tiny/m.onnx'), 'a model');
  execFileSync('tar', ['-cjf', join(dir, 'a.tar.bz2'), '-C', dir, 'tiny']);
  bytes = readFileSync(join(dir, 'a.tar.bz2'));
  entry = {
    ...{ name: 'tiny', does: 'speaks', about: 'a test', languages: ['en'], licence: 'MIT' },
    archive: 'tiny.tar.bz2',
    ...{ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ...{ files: { vits: { model: 'm.onnx' } }, voices: { tiny: 0 } },
  };
  asked.length = 0;
  answer = (from, response) => {
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from });
    response.end(bytes.subarray(from));
  };
  web = createServer((request, response) => {
    asked.push(request.headers.range ?? 'all');
    answer(Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0), response);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  web.closeAllConnections();
  await new Promise((resolve) => web.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

test('downloads with progress, verifies, unpacks, adds a description, and leaves nothing else', async () => {
  const said: string[] = [];
  await add((text) => said.push(text));
  expect(said.at(-2)).toBe('100 % of 0 MB');
  expect(voices()).toEqual(['tiny']);
  expect(readdirSync(join(env.DATA_DIR, 'voices/tiny')).sort()).toEqual(['m.onnx', 'voice.json']);
  const written = JSON.parse(readFileSync(join(env.DATA_DIR, 'voices/tiny/voice.json'), 'utf8'));
  expect(written).toMatchObject({ name: 'tiny', does: 'speaks', files: entry.files });
});

test('an interrupted download is reported and resumed', async () => {
  answer = (_from, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 40), () => response.destroy());
  };
  await expect(add()).rejects.toThrow(
    /the download of .* failed .* Run the same command again to resume it/,
  );
  expect(voices()).toEqual(['.tiny.part']);
});

test('an existing part is not downloaded again', async () => {
  mkdirSync(join(env.DATA_DIR, 'voices'), { recursive: true });
  writeFileSync(join(env.DATA_DIR, 'voices/.tiny.part'), bytes.subarray(0, 40));
  await add();
  expect(asked).toEqual(['bytes=40-']);
  expect(voices()).toEqual(['tiny']);
});

test.each([
  ['other bytes', () => Buffer.alloc(bytes.length), /does not have the expected SHA-256/],
  ['more bytes', () => Buffer.concat([bytes, bytes]), /does not have the expected SHA-256/],
])('%s are not used', async (_, other, message) => {
  answer = (_from, response) => response.end(other());
  await expect(add()).rejects.toThrow(message);
  expect(voices()).toEqual([]);
});

test('a response without a file, and an archive without a required file, are reported', async () => {
  const whole = answer;
  answer = (_from, response) => response.writeHead(404).end();
  await expect(add()).rejects.toThrow('status 404');
  answer = whole;
  const other = { ...entry, files: { vits: { model: 'other.onnx' } } };
  await expect(add(undefined, other)).rejects.toThrow('the archive does not contain other.onnx');
  expect(voices()).toEqual(['.tiny.part']);
});

test('use writes the settings of a model, and keeps the other lines of .env', () => {
  const kokoro = CATALOGUE.find(({ name }) => name === 'kokoro') as Model;
  expect(settingsFor(kokoro, 'bf_emma')).toEqual({
    SPEECH_TTS_MODEL: 'kokoro',
    SPEECH_TTS_VOICE: 'bf_emma',
  });
  expect(() => settingsFor(kokoro, 'ada')).toThrow(/Valid voices of kokoro: af, af_bella/);
  expect(withSettings('', { A: '1', B: undefined })).toBe('A=1\n');
  expect(withSettings('# A=5\nexport A = 0\nC=2\nB=3\n', { A: '1', B: undefined })).toBe(
    '# A=5\nC=2\nA=1\n',
  );
});

test.each([
  [['list'], 0, /kokoro +speaks +en +103 MB +Apache-2\.0 +eleven/],
  [['sing'], 2, /unknown command 'sing'/],
  [['add', 'nobody'], 2, /Unknown model nobody\. Valid: kokoro/],
  [['use', 'kokoro'], 1, /Run first: npm run voices -- add kokoro/],
  [['remove', 'kokoro'], 0, /kokoro was deleted/],
])('npm run voices -- %j exits with code %i', async (args, code, words) => {
  const ended = await runScript('voices', args, { ...env, NO_COLOR: '1' });
  expect(ended.out + ended.err).toMatch(words);
  expect(ended.code).toBe(code);
});

test('the catalogue has hashes, sizes, files, and existing voices', () => {
  for (const one of CATALOGUE) {
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(one.bytes).toBeGreaterThan(1e6);
    expect(filesOf(one).length).toBeGreaterThan(2);
    for (const voice of Object.values(one.insteadOf ?? {}))
      expect(one.voices).toHaveProperty(voice);
  }
});
