// Installed models behind the speech server, whose own program is the process of each. A few lines replace the engine,
// which is a download: it hums a tenth of a second per letter, and transcribes the seconds of an audio.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { type APIError, toFile } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFile } from '@/lib/testing/bundled';
import { endProcess } from '@/lib/testing/processes';

const ENGINE = `
const { readFileSync } = require('node:fs');
const open = (file) => {
  if (readFileSync(file, 'utf8') === 'a model') return;
  console.error("engine.cc:7 'sample_rate' does not exist");
  process.exit(1);
};
exports.OfflineTts = {
  async createAsync({ model: { vits } }) {
    open(vits.model);
    return {
      generateAsync: async ({ text, sid }) => ({
        sampleRate: 16000,
        samples: Float32Array.from({ length: text.length * 1600 }, (_, i) =>
          0.3 * Math.sin((i * Math.PI * 2 * 200 * (sid + 1)) / 16000)),
      }),
    };
  },
};
exports.OfflineRecognizer = {
  async createAsync({ modelConfig: { whisper } }) {
    open(whisper.encoder);
    return {
      createStream: () => ({ acceptWaveform({ samples, sampleRate }) { this.seconds = samples.length / sampleRate; } }),
      decodeAsync: async ({ seconds }) => ({ text: \` \${seconds} seconds\` }),
    };
  },
};`;

const dataDir = mkdtempSync(join(tmpdir(), 'neural-'));
let server: ChildProcess;
let client: OpenAI;

/** Installs a model like \`npm run voices -- add\`. */
function added(name: string, description: object, content = 'a model'): void {
  const folder = join(dataDir, 'voices', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'm.onnx'), content);
  writeFileSync(
    join(folder, 'voice.json'),
    JSON.stringify({ name, languages: ['en'], ...description }),
  );
}

beforeAll(async () => {
  const engine = join(dataDir, 'voices/.engine/node_modules/sherpa-onnx-node');
  mkdirSync(engine, { recursive: true });
  writeFileSync(join(engine, 'index.js'), ENGINE);
  const voice = {
    does: 'speaks',
    files: { vits: { model: 'm.onnx' } },
    voices: { low: 0, high: 1 },
  };
  added('echo', { does: 'hears', files: { whisper: { encoder: 'm.onnx' } } });
  added('hum', { ...voice, insteadOf: { rms: 'high' } });
  added('wrong', voice, 'no voice');
  added('holed', { ...voice, files: { vits: { model: 'm.onnx', tokens: 'tokens.txt' } } });
  const child = await runFile('agent/speech/server.ts', [], {
    SPEECH_PORT: '0',
    DATA_DIR: dataDir,
  });
  server = child;
  const baseURL = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (line) => {
      const url = /http:\S+/.exec(String(line))?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the speech server ended with ${code}`)));
  });
  client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
}, 60_000);
afterAll(async () => {
  await endProcess(server, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

const say = (model: string, voice: string) =>
  client.audio.speech.create({ model, voice, input: 'hum', response_format: 'pcm' });
const hear = async (model: string, language?: string) => {
  const file = await toFile(new ArrayBuffer(48_000), 'a.pcm', { type: 'audio/pcm' });
  const body = { model, file, rate: 24_000, ...(language && { language }) };
  return client.audio.transcriptions.create(
    body as OpenAI.Audio.TranscriptionCreateParamsNonStreaming<'json'>,
  );
};
const refused = async (work: Promise<unknown>) =>
  (await work.then(() => undefined).catch((error) => error)) as APIError;
/** Zero crossings per sample: twice as many for a tone twice as high. */
const pitch = async (voice: string) => {
  const sound = new Int16Array(await (await say('hum', voice)).arrayBuffer());
  const loud = sound.filter((sample) => Math.abs(sample) > 200);
  return loud.filter((one, at) => one > 0 !== (loud[at - 1] ?? one) > 0).length / loud.length;
};

test('installed models are listed with their voices', async () => {
  const { data } = await client.models.list();
  const models = data.filter(({ owned_by }) => owned_by === 'sherpa-onnx');
  expect(models.map(({ id }) => id).sort()).toEqual(['echo', 'holed', 'hum', 'wrong']);
  expect(models.find(({ id }) => id === 'hum')).toMatchObject({ voices: ['low', 'high'] });
});

test('an installed STT transcribes', async () => {
  expect((await hear('echo', 'en-GB')).text).toBe('1 seconds');
});

test('an installed TTS speaks with each of its speakers, and replaces a built-in voice', async () => {
  const [low, high] = [await pitch('low'), await pitch('high')];
  expect(high / low).toBeGreaterThan(1.5);
  expect(await pitch('rms')).toBeCloseTo(high, 3);
  expect(await pitch('slt')).toBeCloseTo(low, 3);
});

test.skipIf(process.platform !== 'linux')('a process that is killed is started again', async () => {
  const processes = () =>
    readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean);
  await say('hum', 'low');
  expect(processes()).not.toEqual([]);
  for (const pid of processes()) process.kill(Number(pid), 'SIGKILL');
  await expect.poll(processes).toEqual([]);
  expect((await (await say('hum', 'low')).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
});

test('a crashing model is reported with a message, and the server continues', async () => {
  const error = await refused(say('wrong', 'low'));
  expect(error).toMatchObject({ status: 503, code: 'model_unusable' });
  expect(error.message).toMatch(/it ended and said: 'sample_rate' does not exist/);
  expect(error.message).toContain('npm run voices -- add wrong');
  expect((await (await say('flite', 'slt')).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
});

test('missing files are named', async () => {
  expect((await refused(say('holed', 'low'))).message).toContain('tokens.txt is missing');
  expect((await refused(say('nobody', 'low'))).message).toContain('flite, holed, hum, wrong');
  expect((await refused(say('hum', 'alloy'))).message).toContain('low, high');
  expect((await refused(hear('hum'))).message).toContain('moonshine-tiny, echo');
  expect((await refused(hear('echo', 'de'))).message).toContain('does not know de');
});
