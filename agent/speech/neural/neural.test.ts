// Added models behind the speech server, with the real engine from the registry and the server's own
// program as the process of each. Where the registry cannot be reached, what needs the engine is skipped.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import OpenAI, { type APIError, toFile } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFile } from '../../../lib/testing/bundled';
import { installEngine } from '../../../scripts/lib/voices-engine.mjs';
import { modelFiles } from '../moonshine-files';
import { addMade, recogniserFiles } from './testing/added';
import { hummingFiles } from './testing/humming';

const SENTENCE = 'We are open from nine to five on weekdays.';
const words = (text: string) => text.toLowerCase().replace(/[^a-z0-9 ]/g, '');
/** Milliseconds for the engine to be installed and the models made: from the registry, however slow. */
const INSTALLED_MS = 660_000;
const dataDir = mkdtempSync(join(tmpdir(), 'neural-'));
let server: ChildProcess;
let client: OpenAI;
let noEngine: string | undefined;

beforeAll(async () => {
  const env = { ...process.env, DATA_DIR: dataDir };
  await installEngine(env).catch((error: Error) => {
    noEngine = error.message;
  });
  const ears = { moonshine: { encoder: 'encoder.onnx', mergedDecoder: 'decoder.onnx' } };
  await addMade(
    dataDir,
    { name: 'ears', does: 'hears', files: { ...ears, tokens: 'tokens.txt' } },
    recogniserFiles,
  );
  const hum = { vits: { model: 'hum.onnx', tokens: 'tokens.txt' } };
  const humming = { does: 'speaks', files: hum, voices: { low: 0, high: 1 } } as const;
  await addMade(dataDir, { ...humming, name: 'hum', insteadOf: { rms: 'high' } }, hummingFiles);
  await addMade(dataDir, { ...humming, name: 'holed' }, hummingFiles);
  rmSync(join(dataDir, 'voices/holed/tokens.txt'));
  const wrong = { vits: { model: 'wrong.onnx', tokens: 'tokens.txt' } };
  await addMade(dataDir, { ...humming, name: 'wrong', files: wrong }, (folder) => {
    hummingFiles(folder);
    // A whole model, but not of a voice: the engine ends the process that loads it.
    copyFileSync(modelFiles().encoder, join(folder, 'wrong.onnx'));
  });
  const child = await runFile('agent/speech/server.ts', [], {
    SPEECH_PORT: '0',
    DATA_DIR: dataDir,
  });
  server = child;
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (line) => {
      const url = /http:\S+/.exec(String(line))?.[0];
      if (url) resolve(url);
    });
    textOf(child.stderr).then((said) => reject(new Error(said)));
  });
  client = new OpenAI({ baseURL: await ready, apiKey: 'none', maxRetries: 0 });
}, INSTALLED_MS);
afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
});

const say = (model: string, voice: string, input = SENTENCE) =>
  client.audio.speech.create({ model, voice, input, response_format: 'pcm' });
const hear = async (model: string, over: object = {}) => {
  const sound = await (await say('flite', 'slt')).arrayBuffer();
  const file = await toFile(sound, 'a.pcm', { type: 'audio/pcm' });
  const body = { model, file, rate: 24_000, ...over };
  return client.audio.transcriptions.create(
    body as OpenAI.Audio.TranscriptionCreateParamsNonStreaming<'json'>,
  );
};
const refused = async (work: Promise<unknown>) =>
  (await work.then(() => undefined).catch((error) => error)) as APIError;
/** Processes of models that the server has. */
const processes = () => {
  const { pid } = server;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
};
/** The highest tone's period is half of the other's: crossings of zero tell them apart. */
const crossings = async (model: string, voice: string) => {
  const sound = new Int16Array(await (await say(model, voice)).arrayBuffer());
  const speech = sound.filter((sample) => Math.abs(sample) > 200);
  return (
    speech.reduce((n, one, i) => n + Number(one > 0 !== (speech[i - 1] ?? one) > 0), 0) /
    speech.length
  );
};

test('added models are listed with their voices', async () => {
  const { data } = await client.models.list();
  const added = data.filter(({ owned_by }) => owned_by === 'sherpa-onnx');
  expect(added.map(({ id }) => id).sort()).toEqual(['ears', 'holed', 'hum', 'wrong']);
  expect(added.find(({ id }) => id === 'hum')).toMatchObject({ voices: ['low', 'high'] });
});

test('an added recogniser hears', async ({ skip }) => {
  skip(noEngine !== undefined, noEngine);
  expect(words((await hear('ears')).text)).toBe(words(SENTENCE));
  expect(words((await hear('ears', { language: 'en-GB' })).text)).toBe(words(SENTENCE));
}, 60_000);

test('an added voice speaks, each of its speakers, and stands in for a built-in one', async ({
  skip,
}) => {
  skip(noEngine !== undefined, noEngine);
  const [low, high] = [await crossings('hum', 'low'), await crossings('hum', 'high')];
  expect(high / low).toBeGreaterThan(1.5);
  expect(await crossings('hum', 'rms')).toBeCloseTo(high, 3);
  expect(await crossings('hum', 'slt')).toBeCloseTo(low, 3);
}, 60_000);

test('a model whose process is ended is loaded again', async ({ skip }) => {
  skip(noEngine !== undefined || process.platform !== 'linux', noEngine ?? 'needs /proc');
  await say('hum', 'low');
  for (const pid of processes()) process.kill(Number(pid), 'SIGKILL');
  await expect.poll(() => processes()).toEqual([]);
  expect((await (await say('hum', 'low')).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
}, 60_000);

test('a model that is not what it should be is told in words, and the server goes on', async ({
  skip,
}) => {
  skip(noEngine !== undefined, noEngine);
  const error = await refused(say('wrong', 'low'));
  expect(error).toMatchObject({ status: 503, code: 'model_unusable' });
  expect(error.message).toMatch(
    /wrong cannot be used: it ended and said: 'sample_rate' does not exist/,
  );
  expect(error.message).toContain('npm run voices -- add wrong');
  expect((await (await say('flite', 'slt')).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
}, 60_000);

test('what is missing is named', async () => {
  expect((await refused(say('holed', 'low'))).message).toContain('tokens.txt is missing');
  expect((await refused(say('nobody', 'low'))).message).toContain('flite, holed, hum, wrong');
  expect((await refused(say('hum', 'alloy'))).message).toContain('low, high');
  expect((await refused(hear('hum'))).message).toContain('moonshine-tiny, ears');
  expect((await refused(hear('ears', { language: 'de' }))).message).toContain('does not know de');
});
