// `npm run voices`: installs neural voices and larger speech recognition models for the speech server on this machine.
// They are downloads of 60 to 500 MB each, so none is included.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { makePrivate } from '@/lib/core/private-files';
import { program, run } from '@/scripts/lib/command-line';
import { download, madeAside, megabytes } from '@/scripts/lib/download';
import { dataDir, type Env, loadEnv, root } from '@/scripts/lib/environment';
import { ENDING_SIGNALS } from '@/scripts/lib/groups';
import { runQuietly } from '@/scripts/lib/programs';
import { type Say, step, table } from '@/scripts/lib/terminal';

/** The engine in the tested version: 32 MB, installed with the first model. */
const ENGINE = { name: 'sherpa-onnx-node', version: '1.13.8' };
/** Milliseconds for npm to install the engine: it takes minutes on a slow connection. */
const INSTALL_MS = 600_000;

/** The archives, created by the authors of the engine. */
const RELEASES = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

/** A Piper voice: one speaker, three files. */
const piper = (model: string) => ({
  vits: { model: `${model}.onnx`, tokens: 'tokens.txt', dataDir: 'espeak-ng-data' },
});

/** A model that can be installed; its folder gets this description for the speech server. */
export interface Model {
  readonly name: string;
  readonly does: 'speaks' | 'hears';
  readonly about: string;
  readonly languages: readonly string[];
  readonly licence: string;
  /** Path below {@link RELEASES}. */
  readonly archive: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The engine's configuration, with paths relative to the archive's folder. */
  readonly files: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Speakers by number. */
  readonly voices?: Readonly<Record<string, number>>;
  /** Replacements for built-in voices, so that each agent keeps a different voice; without it all use the first one. */
  readonly insteadOf?: Readonly<Record<string, string>>;
}

/** Sizes and hashes are those of the releases. */
export const CATALOGUE: readonly Model[] = [
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
const voicesDir = (env: Env) => join(dataDir(env), 'voices');
const engineDir = (env: Env) => join(voicesDir(env), '.engine');
const description = (env: Env, name: string) => join(voicesDir(env), name, 'voice.json');

/** Paths within the archive's folder that the engine opens. */
export function filesOf({ files }: Pick<Model, 'files'>): string[] {
  return Object.entries(files).flatMap(([key, value]) => {
    if (typeof value === 'object') return Object.values(value);
    return key === 'modelType' ? [] : [value];
  });
}

/** Whether a model is installed and complete. */
function isHere(env: Env, name: string): boolean {
  const file = description(env, name);
  if (!existsSync(file)) return false;
  return filesOf(JSON.parse(readFileSync(file, 'utf8'))).every((path) =>
    existsSync(join(voicesDir(env), name, path)),
  );
}

/** Parses the name of a model. */
function modelOf(name: string): Model {
  const entry = CATALOGUE.find((one) => one.name === name);
  if (entry) return entry;
  const names = CATALOGUE.map((one) => one.name).join(', ');
  throw new InvalidArgumentError(`Unknown model ${name}. Valid: ${names}.`);
}

function list(env: Env): string {
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

async function add(env: Env, entry: Model): Promise<string> {
  const { name } = entry;
  await mkdir(voicesDir(env), { recursive: true });
  if (!existsSync(engineDir(env))) {
    await step(`Installing ${ENGINE.name} ${ENGINE.version}`, () => installEngine(env));
  }
  if (!isHere(env, name)) {
    const label = `Getting ${name} (${megabytes(entry.bytes)}, licence: ${entry.licence})`;
    await step(label, (say) => addModel(env, entry, say));
  }
  return `To use it: npm run voices -- use ${name}`;
}

function installEngine(env: Env): Promise<void> {
  return madeAside(engineDir(env), async (aside) => {
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
 * @throws Error in one sentence; only a download that can be resumed is left
 */
export async function addModel(
  env: Env,
  entry: Model,
  say: Say,
  releases = RELEASES,
): Promise<void> {
  await mkdir(voicesDir(env), { recursive: true });
  const archive = join(voicesDir(env), `.${entry.name}.part`);
  const { bytes, sha256 } = entry;
  await download({ url: `${releases}/${entry.archive}`, bytes, sha256 }, archive, say);
  await madeAside(join(voicesDir(env), entry.name), async (aside) => {
    say('unpacking');
    await runQuietly('tar', ['-xf', archive, '-C', aside, '--strip-components=1']);
    const missing = filesOf(entry).filter((path) => !existsSync(join(aside, path)));
    if (missing.length > 0) throw new Error(`the archive does not contain ${missing.join(', ')}`);
    writeFileSync(join(aside, 'voice.json'), `${JSON.stringify(entry, null, 2)}\n`);
  });
  await rm(archive);
}

/** Settings by name; those to remove are undefined. */
type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Settings that select a model.
 * @param voice a voice of the model; by default each agent has its own
 * @throws InvalidArgumentError that names the valid values
 */
export function settingsFor({ name, does, voices = {} }: Model, voice?: string): Settings {
  if (does === 'hears') {
    if (voice !== undefined) {
      throw new InvalidArgumentError(`${name} recognizes speech and has no voices.`);
    }
    return { SPEECH_STT_MODEL: name };
  }
  if (voice !== undefined && !Object.hasOwn(voices, voice)) {
    throw new InvalidArgumentError(
      `Unknown voice. Valid voices of ${name}: ${Object.keys(voices).join(', ')}.`,
    );
  }
  return { SPEECH_TTS_MODEL: name, SPEECH_TTS_VOICE: voice };
}

/** Replaces, adds or removes these settings in the text of a .env file. */
export function withSettings(text: string, settings: Settings): string {
  const names = new RegExp(`^\\s*(export\\s+)?(${Object.keys(settings).join('|')})\\s*=`);
  const kept = text
    .trimEnd()
    .split('\n')
    .filter((line) => !names.test(line));
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  const lines = [...kept, ...set.map(([name, value]) => `${name}=${value}`)];
  return `${lines.join('\n').trimStart()}\n`;
}

/** The settings that select the built-in models. */
const BUILT_IN: Settings = {
  SPEECH_TTS_MODEL: undefined,
  SPEECH_TTS_VOICE: undefined,
  SPEECH_STT_MODEL: undefined,
};

/** Uses a model for all agents. @param model undefined for the built-in ones */
function use(env: Env, model: Model | undefined, voice: string | undefined): string {
  const settings = model ? settingsFor(model, voice) : BUILT_IN;
  const name = model?.name ?? 'built-in';
  if (model && !isHere(env, name)) {
    throw new Error(`${name} is not installed. Run first: npm run voices -- add ${name}`);
  }
  const file = join(root, '.env');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, withSettings(text, settings), { mode: 0o600 });
  // A file that was there keeps its permissions.
  makePrivate(file);
  return `${name} is used from the next start on.`;
}

async function remove(env: Env, { name }: Model): Promise<string> {
  if ([env.SPEECH_TTS_MODEL, env.SPEECH_STT_MODEL].includes(name)) {
    throw new Error(`${name} is in use. Run first: npm run voices -- use built-in`);
  }
  await rm(join(voicesDir(env), name), { recursive: true, force: true });
  return `${name} was deleted.`;
}

const write = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  // Ctrl-C stops a download; the next run resumes it.
  for (const signal of ENDING_SIGNALS) process.once(signal, () => process.exit(130));
  const env = loadEnv();
  const cli = program('voices', 'Neural voices and larger speech recognition models.');
  cli
    .command('list')
    .description('list models with size and license, and which are installed')
    .action(() => write(list(env)));
  cli
    .command('add')
    .description('download a model, and the engine with the first one')
    .argument('<NAME>', 'model', modelOf)
    .action(async (model: Model) => write(await add(env, model)));
  cli
    .command('use')
    .description('use a model for all agents, by setting it in .env')
    .argument('<NAME>', 'model, or built-in', (name) =>
      name === 'built-in' ? undefined : modelOf(name),
    )
    .argument('[VOICE]', 'voice of the model; by default each agent has its own')
    .action((model: Model | undefined, voice?: string) => write(use(env, model, voice)));
  cli
    .command('remove')
    .description('delete a model')
    .argument('<NAME>', 'model', modelOf)
    .action(async (model: Model) => write(await remove(env, model)));
  await run(cli);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
