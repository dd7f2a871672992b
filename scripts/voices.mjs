// `npm run voices`: installs neural voices and larger speech recognition models for the speech server on this machine.
// They are downloads of 60 to 500 MB each, so none is included.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { loadEnv } from './lib/environment.mjs';
import { get, sha256 as hashOf } from './lib/fetch-file.mjs';
import { dataDir, root } from './lib/paths.mjs';
import { runQuietly } from './lib/run-quietly.mjs';
import { table } from './lib/table.mjs';
import { step } from './lib/terminal.mjs';

const USAGE = `Usage: npm run voices -- COMMAND

  list                 list models with size and license, and which are installed
  add NAME             download a model, and the engine with the first one
  use NAME [VOICE]     use it for all agents, by setting it in .env
  use built-in         go back to the built-in voices and speech recognition
  remove NAME          delete a model
`;

/** The engine in the tested version: 32 MB, installed with the first model. */
const ENGINE = { name: 'sherpa-onnx-node', version: '1.13.8' };
/** Milliseconds for npm to install the engine: it takes minutes on a slow connection. */
const INSTALL_MS = 600_000;
/** Milliseconds until a download must begin, and between two chunks of it. */
const TIMEOUT_MS = 30_000;

/** The archives, created by the authors of the engine. */
const RELEASES = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

/** A Piper voice: one speaker, three files. */
const piper = (model) => ({
  vits: { model: `${model}.onnx`, tokens: 'tokens.txt', dataDir: 'espeak-ng-data' },
});

/**
 * `files` is the engine's configuration, with paths relative to the archive's folder. `voices` maps a model's speakers
 * to numbers. `insteadOf` maps built-in voices to speakers, so that each agent keeps a different voice; without it all
 * agents use the first one. Sizes and hashes are those of the releases.
 */
export const CATALOGUE = [
  {
    name: 'kokoro',
    does: 'speaks',
    about: 'eleven voices, American and British; needs a fast machine',
    languages: ['en'],
    licence: 'Apache-2.0',
    archive: 'tts-models/kokoro-int8-en-v0_19.tar.bz2',
    bytes: 103_248_205,
    sha256: 'c9f0dd393615805b0bab050c340834d5e684e732aec91c0e860cd30e982c08bd',
    files: {
      kokoro: {
        model: 'model.int8.onnx',
        voices: 'voices.bin',
        tokens: 'tokens.txt',
        dataDir: 'espeak-ng-data',
      },
    },
    voices: {
      af: 0,
      af_bella: 1,
      af_nicole: 2,
      af_sarah: 3,
      af_sky: 4,
      am_adam: 5,
      am_michael: 6,
      bf_emma: 7,
      bf_isabella: 8,
      bm_george: 9,
      bm_lewis: 10,
    },
    insteadOf: { slt: 'af_sarah', rms: 'am_michael', awb: 'bm_george', kal16: 'am_adam' },
  },
  {
    name: 'piper-ljspeech',
    does: 'speaks',
    about: 'female, American',
    languages: ['en'],
    licence: 'public domain',
    archive: 'tts-models/vits-piper-en_US-ljspeech-medium.tar.bz2',
    bytes: 67_169_893,
    sha256: '3dfb4b759d8be032a4903a9538d128b0fda2a06ab1de6cbc2d93a97e2dd83dba',
    files: piper('en_US-ljspeech-medium'),
    voices: { ljspeech: 0 },
  },
  {
    name: 'piper-cori',
    does: 'speaks',
    about: 'female, British',
    languages: ['en'],
    licence: 'public domain',
    archive: 'tts-models/vits-piper-en_GB-cori-medium.tar.bz2',
    bytes: 67_257_412,
    sha256: '49c9a5361bbdd95d7ca9687c4de11e5908481f65e7c7c368960df79949fdac2b',
    files: piper('en_GB-cori-medium'),
    voices: { cori: 0 },
  },
  {
    name: 'piper-norman',
    does: 'speaks',
    about: 'male, American',
    languages: ['en'],
    licence: 'public domain',
    archive: 'tts-models/vits-piper-en_US-norman-medium.tar.bz2',
    bytes: 67_203_672,
    sha256: '1f32065d480abe9abc7c7f91442125d0b34c1cc065d1e600466cac408eabf3b8',
    files: piper('en_US-norman-medium'),
    voices: { norman: 0 },
  },
  {
    name: 'piper-thorsten',
    does: 'speaks',
    about: 'male, German',
    languages: ['de'],
    licence: 'CC0-1.0',
    archive: 'tts-models/vits-piper-de_DE-thorsten-medium.tar.bz2',
    bytes: 67_214_254,
    sha256: '50487d9c95fdf2191f31d2588569381063ba1591dcd4c7d4bdd30f12b2191714',
    files: piper('de_DE-thorsten-medium'),
    voices: { thorsten: 0 },
  },
  {
    name: 'moonshine-base',
    does: 'hears',
    about: 'the larger version of the built-in one',
    languages: ['en'],
    licence: 'MIT',
    archive: 'asr-models/sherpa-onnx-moonshine-base-en-int8.tar.bz2',
    bytes: 250_807_309,
    sha256: '21870cecaa2e44e4e2bf63e02d1072bed183ccd10284871353bd9d24dad14e5e',
    files: {
      moonshine: {
        preprocessor: 'preprocess.onnx',
        encoder: 'encode.int8.onnx',
        uncachedDecoder: 'uncached_decode.int8.onnx',
        cachedDecoder: 'cached_decode.int8.onnx',
      },
      tokens: 'tokens.txt',
    },
  },
  {
    name: 'whisper-base-en',
    does: 'hears',
    about: "OpenAI's Whisper, second smallest size",
    languages: ['en'],
    licence: 'MIT',
    archive: 'asr-models/sherpa-onnx-whisper-base.en.tar.bz2',
    bytes: 208_576_005,
    sha256: '475bc7052ce299c007f6d5d5407ba8601f819a2867f6eecee510ed17df581542',
    files: {
      whisper: { encoder: 'base.en-encoder.int8.onnx', decoder: 'base.en-decoder.int8.onnx' },
      tokens: 'base.en-tokens.txt',
    },
  },
  {
    name: 'parakeet',
    does: 'hears',
    about: '600 million parameters; needs a fast machine with enough memory',
    languages: 'en bg hr cs da nl et fi fr de el hu it lv lt mt pl pt ro ru sk sl es sv uk'.split(
      ' ',
    ),
    licence: 'CC-BY-4.0',
    archive: 'asr-models/sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8.tar.bz2',
    bytes: 487_170_055,
    sha256: '5793d0fd397c5778d2cf2126994d58e9d56b1be7c04d13c7a15bb1b4eafb16bf',
    files: {
      transducer: {
        encoder: 'encoder.int8.onnx',
        decoder: 'decoder.int8.onnx',
        joiner: 'joiner.int8.onnx',
      },
      tokens: 'tokens.txt',
      modelType: 'nemo_transducer',
    },
  },
];

/** Folder of the models. Each has its own folder, with a description that the speech server reads. */
const voicesDir = (env) => join(dataDir(env), 'voices');
const engineDir = (env) => join(voicesDir(env), '.engine');
const description = (env, name) => join(voicesDir(env), name, 'voice.json');
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** Paths within the archive's folder that the engine opens. */
export function filesOf({ files }) {
  return Object.entries(files).flatMap(([key, value]) => {
    if (typeof value === 'object') return Object.values(value);
    return key === 'modelType' ? [] : [value];
  });
}

/** Whether a model is installed and complete. */
function isHere(env, name) {
  const file = description(env, name);
  if (!existsSync(file)) return false;
  return filesOf(JSON.parse(readFileSync(file, 'utf8'))).every((path) =>
    existsSync(join(voicesDir(env), name, path)),
  );
}

/** @throws TypeError that lists the valid names */
function found(name) {
  const names = CATALOGUE.map((one) => one.name);
  const entry = CATALOGUE[names.indexOf(name)];
  if (entry) return entry;
  throw new TypeError(
    `${name ? `Unknown model ${name}` : 'Missing model'}. Valid: ${names.join(', ')}`,
  );
}

function list(env) {
  const rows = CATALOGUE.map(({ name, does, languages, bytes, licence, about }) => [
    name,
    does,
    languages.length > 3 ? `${languages.length} languages` : languages.join(', '),
    megabytes(bytes),
    licence,
    isHere(env, name) ? 'here' : '',
    about,
  ]);
  const columns = ['NAME', 'DOES', 'LANGUAGE', 'DOWNLOAD', 'LICENCE', 'STATE', 'WHAT IT IS'];
  return table(columns, rows);
}

async function add(env, name) {
  const entry = found(name);
  await mkdir(voicesDir(env), { recursive: true });
  if (!existsSync(engineDir(env))) {
    await step(`Installing ${ENGINE.name} ${ENGINE.version}`, () => installEngine(env));
  }
  if (!isHere(env, name)) {
    const label = `Getting ${name} (${megabytes(entry.bytes)}, licence: ${entry.licence})`;
    await step(label, (say) => addModel(env, entry, { say }));
  }
  return `To use it: npm run voices -- use ${name}`;
}

/** Runs `make` in a temporary folder, which is moved to `place` only when it is complete. */
async function madeAside(env, place, make) {
  const aside = await mkdtemp(join(voicesDir(env), '.making-'));
  try {
    await make(aside);
    await rm(place, { recursive: true, force: true });
    await rename(aside, place);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function installEngine(env) {
  return madeAside(env, engineDir(env), async (aside) => {
    writeFileSync(join(aside, 'package.json'), '{"private":true}');
    const flags = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
    await runQuietly('npm', ['install', `${ENGINE.name}@${ENGINE.version}`, ...flags], {
      cwd: aside,
      timeoutMs: INSTALL_MS,
    });
  });
}

/**
 * Downloads a model, checks its hash and unpacks it.
 * @param entry of the catalogue
 * @throws Error in one sentence; only a download that can be resumed is left
 */
export async function addModel(env, entry, { say = () => {}, releases = RELEASES } = {}) {
  await mkdir(voicesDir(env), { recursive: true });
  const archive = join(voicesDir(env), `.${entry.name}.part`);
  await download({ ...entry, url: `${releases}/${entry.archive}` }, archive, say);
  await madeAside(env, join(voicesDir(env), entry.name), async (aside) => {
    say('unpacking');
    await runQuietly('tar', ['-xf', archive, '-C', aside, '--strip-components=1']);
    const missing = filesOf(entry).filter((path) => !existsSync(join(aside, path)));
    if (missing.length > 0) throw new Error(`the archive does not contain ${missing.join(', ')}`);
    writeFileSync(join(aside, 'voice.json'), `${JSON.stringify(entry, null, 2)}\n`);
  });
  await rm(archive);
}

/** Downloads to `file`, resuming an earlier download. @throws Error in one sentence */
async function download({ url, bytes, sha256 }, file, say) {
  const there = existsSync(file) ? statSync(file).size : 0;
  if (there < bytes) {
    const headers = there > 0 ? { range: `bytes=${there}-` } : undefined;
    const { response, alive, done } = await get(url, { timeoutMs: TIMEOUT_MS, headers });
    // 206 is the rest of the file; a server without range support sends all of it.
    const rest = response.status === 206;
    let got = rest ? there : 0;
    const count = new Transform({
      transform(piece, _encoding, next) {
        alive();
        got += piece.length;
        say(`${Math.floor((got / bytes) * 100)} % of ${megabytes(bytes)}`);
        next(null, piece);
      },
    });
    try {
      // Open before reading: if the connection fails at once, there must be a file to resume.
      const to = (await open(file, rest ? 'a' : 'w')).createWriteStream();
      await pipeline(Readable.fromWeb(response.body), count, to);
    } catch (error) {
      const why = error.cause?.message ?? error.message;
      throw new Error(`the download failed (${why}). Run the same command again to resume it`);
    } finally {
      done();
    }
  }
  if ((await hashOf(file)) === sha256) return;
  await rm(file);
  throw new Error(`${url} does not have the expected SHA-256 ${sha256}. It is not used`);
}

/**
 * Settings that select a model; those to remove are undefined.
 * @param voice a voice of the model; by default each agent has its own
 * @throws TypeError that names the valid values
 */
export function settingsFor({ name, does, voices = {} }, voice) {
  if (does === 'hears') {
    if (voice !== undefined) throw new TypeError(`${name} recognizes speech and has no voices`);
    return { SPEECH_STT_MODEL: name };
  }
  if (voice !== undefined && !Object.hasOwn(voices, voice)) {
    throw new TypeError(
      `Unknown voice. Valid voices of ${name}: ${Object.keys(voices).join(', ')}`,
    );
  }
  return { SPEECH_TTS_MODEL: name, SPEECH_TTS_VOICE: voice };
}

/** Replaces, adds or removes these settings in the text of a .env file. */
export function withSettings(text, settings) {
  const names = new RegExp(`^\\s*(export\\s+)?(${Object.keys(settings).join('|')})\\s*=`);
  const kept = text
    .trimEnd()
    .split('\n')
    .filter((line) => !names.test(line));
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  const lines = [...kept, ...set.map(([name, value]) => `${name}=${value}`)];
  return `${lines.join('\n').trimStart()}\n`;
}

function use(env, name, voice, file) {
  const none = { SPEECH_TTS_MODEL: undefined, SPEECH_TTS_VOICE: undefined };
  const settings =
    name === 'built-in'
      ? { ...none, SPEECH_STT_MODEL: undefined }
      : settingsFor(found(name), voice);
  if (name !== 'built-in' && !isHere(env, name)) {
    throw new Error(`${name} is not installed. Run first: npm run voices -- add ${name}`);
  }
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, withSettings(text, settings), { mode: 0o600 });
  return `${name} is used from the next start on.`;
}

async function remove(env, name) {
  const { name: known } = found(name);
  if ([env.SPEECH_TTS_MODEL, env.SPEECH_STT_MODEL].includes(known)) {
    throw new Error(`${known} is in use. Run first: npm run voices -- use built-in`);
  }
  await rm(join(voicesDir(env), known), { recursive: true, force: true });
  return `${known} was deleted.`;
}

/** Runs the command. @throws TypeError if the arguments are invalid */
async function run([command, name, voice]) {
  const env = await loadEnv();
  if (command === 'list') return list(env);
  if (command === 'add') return add(env, name);
  if (command === 'use') return use(env, name, voice, join(root, '.env'));
  if (command === 'remove') return remove(env, name);
  throw new TypeError(command ? `Unknown command: ${command}` : 'Missing command');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Ctrl-C stops a download; the next run resumes it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => process.exit(130));
  const argv = process.argv.slice(2);
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(USAGE);
  } else {
    try {
      process.stdout.write(`${await run(argv)}\n`);
    } catch (error) {
      const asked = error instanceof TypeError;
      process.stderr.write(`${error.message}${asked ? `.\n\n${USAGE}` : '\n'}`);
      process.exitCode = asked ? 2 : 1;
    }
  }
}
