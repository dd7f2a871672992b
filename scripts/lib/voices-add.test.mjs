// A release served on loopback stands in for GitHub: a tiny archive, and the faults of a long download.
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
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addVoice } from './voices-add.mjs';
import { CATALOGUE, filesOf, HEARS, SPEAKS } from './voices-catalogue.mjs';
import { installedVoices, wholeVoices } from './voices-folder.mjs';

let dir;
let web;
let asked;
let entry;
let env;

/** Serves the archive as GitHub does, with ranges; `fault` may answer instead. */
async function serve(fault = () => false) {
  const bytes = readFileSync(join(dir, 'a.tar.bz2'));
  asked = [];
  web = createServer((request, response) => {
    asked.push(request.headers.range ?? 'all');
    if (fault(request, response, bytes)) return;
    if (request.url !== '/tts-models/tiny.tar.bz2') return response.writeHead(404).end();
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from ? 206 : 200, { 'content-length': bytes.length - from });
    response.end(bytes.subarray(from));
  });
  await new Promise((resolve) => web.listen(0, '127.0.0.1', resolve));
  env.VOICES_RELEASES_URL = `http://127.0.0.1:${web.address().port}`;
  return bytes;
}

async function close() {
  web?.closeAllConnections();
  await new Promise((resolve) => (web ? web.close(resolve) : resolve()));
  web = undefined;
}

const kept = (name = '') => {
  const folder = join(dir, 'data/voices', name);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};
const failing = (said = () => {}) =>
  addVoice(entry, env, said).then(
    () => 'it worked',
    (error) => error.message,
  );

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callboard-voices-'));
  mkdirSync(join(dir, 'tiny/data'), { recursive: true });
  writeFileSync(join(dir, 'tiny/m.onnx'), 'a model');
  writeFileSync(join(dir, 'tiny/data/words'), 'more');
  execFileSync('tar', ['-cjf', join(dir, 'a.tar.bz2'), '-C', dir, 'tiny']);
  const bytes = readFileSync(join(dir, 'a.tar.bz2'));
  entry = {
    name: 'tiny',
    does: SPEAKS,
    languages: ['en'],
    licence: 'MIT',
    archive: 'tts-models/tiny.tar.bz2',
    bytes: bytes.length,
    unpacked: 100,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    files: { vits: { model: 'm.onnx', dataDir: 'data' } },
    voices: { tiny: 0 },
  };
  env = { PATH: process.env.PATH, DATA_DIR: join(dir, 'data') };
});
afterEach(async () => {
  await close();
  rmSync(dir, { recursive: true, force: true });
});

it('downloads, checks, unpacks, describes, and leaves nothing else', async () => {
  await serve();
  const said = [];
  await addVoice(entry, env, (text) => said.push(text));
  expect(said.at(-2)).toMatch(/^100 % of 0\.0 MB$/);
  expect(kept()).toEqual(['.parts', 'tiny']);
  expect(kept('.parts')).toEqual([]);
  expect(kept('tiny')).toEqual(['data', 'm.onnx', 'voice.json']);
  const written = JSON.parse(readFileSync(join(dir, 'data/voices/tiny/voice.json'), 'utf8'));
  expect(written).toMatchObject({ name: 'tiny', does: SPEAKS, files: entry.files });
  expect(installedVoices(env)).toEqual(['tiny']);
  expect(wholeVoices(env)).toEqual(['tiny']);
  rmSync(join(dir, 'data/voices/tiny/m.onnx'));
  expect(wholeVoices(env)).toEqual([]);
});

it('says that it broke off, and the next run gets the rest', async () => {
  await serve((_request, response, bytes) => {
    if (asked.length > 1) return false;
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 40), () => response.destroy());
    return true;
  });
  expect(await failing()).toMatch(/broke off at 0\.0 MB .* goes on from there/);
  expect(kept()).toEqual(['.parts']);
  expect(await failing()).toBe('it worked');
  expect(kept('tiny')).toContain('voice.json');
});

it('goes on from what is there', async () => {
  const bytes = await serve();
  mkdirSync(join(dir, 'data/voices/.parts'), { recursive: true });
  writeFileSync(join(dir, 'data/voices/.parts/tiny.tar.bz2'), bytes.subarray(0, 40));
  expect(await failing()).toBe('it worked');
  expect(asked).toEqual(['bytes=40-']);
});

it('begins anew where the server knows no ranges', async () => {
  mkdirSync(join(dir, 'data/voices/.parts'), { recursive: true });
  writeFileSync(join(dir, 'data/voices/.parts/tiny.tar.bz2'), 'old');
  await serve((_request, response, bytes) => response.end(bytes));
  expect(await failing()).toBe('it worked');
  expect(asked).toEqual(['bytes=3-']);
});

describe('nothing is kept that is wrong', () => {
  it('another file of the same size', async () => {
    await serve((_request, response, bytes) => response.end(Buffer.alloc(bytes.length)));
    expect(await failing()).toMatch(/is not the file it should be: its SHA-256 is [0-9a-f]{64}/);
    expect(kept('.parts')).toEqual([]);
    expect(installedVoices(env)).toEqual([]);
  });

  it('more than was said', async () => {
    await serve((_request, response, bytes) => response.end(Buffer.alloc(bytes.length + 1)));
    expect(await failing()).toMatch(/larger than the \d+ bytes/);
    expect(kept('.parts')).toEqual([]);
  });

  it('404, and nobody there', async () => {
    await serve((_request, response) => response.writeHead(404).end());
    expect(await failing()).toMatch(/answered 404/);
    await close();
    expect(await failing()).toMatch(/ECONNREFUSED/);
  });

  it('an archive without a file that is needed', async () => {
    entry.files = { vits: { model: 'other.onnx' } };
    await serve();
    expect(await failing()).toBe('the archive lacks other.onnx');
    expect(kept()).toEqual(['.parts']);
  });

  it('what a run that was killed has left', async () => {
    mkdirSync(join(dir, 'data/voices/.making-old/x'), { recursive: true });
    await serve();
    expect(await failing()).toBe('it worked');
    expect(kept()).toEqual(['.parts', 'tiny']);
  });
});

it('says beforehand what the machine lacks', async () => {
  expect(await addVoice(entry, { ...env, PATH: dir }, () => {}).catch((e) => e.message)).toMatch(
    /tar is needed/,
  );
  entry.unpacked = 1e18;
  expect(await failing()).toMatch(/MB of free disk are needed/);
});

it('the catalogue is whole: names once, hashes, files, and stand-ins that exist', () => {
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
  for (const one of CATALOGUE) {
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(one.archive).toMatch(/^(tts|asr)-models\/[\w.-]+\.tar\.bz2$/);
    expect(one.unpacked).toBeGreaterThan(one.bytes);
    expect(filesOf(one)).not.toContain('nemo_transducer');
    expect(filesOf(one).length).toBeGreaterThan(2);
    expect(Object.keys(one.voices ?? {}).length > 0).toBe(one.does !== HEARS);
    for (const voice of Object.values(one.insteadOf ?? {}))
      expect(one.voices).toHaveProperty(voice);
  }
});
