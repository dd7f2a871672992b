// The commands of scripts/voices.mjs: what each does, and the words for it.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { step } from './say.mjs';
import { table } from './table.mjs';
import { addVoice } from './voices-add.mjs';
import { CATALOGUE, SPEAKS } from './voices-catalogue.mjs';
import {
  ENGINE,
  ENGINE_BYTES,
  ENGINE_VERSION,
  engineFits,
  engineInstalled,
  installEngine,
} from './voices-engine.mjs';
import { installedVoices, voicesDir, wholeVoices } from './voices-folder.mjs';
import { HEARING, SPEAKING, settingsFor, writeSettings } from './voices-use.mjs';

/** What `use` calls the voice and the recogniser that came with the packages. */
const BUILT_IN = 'built-in';
/** Their models, the defaults of the settings. */
const DEFAULTS = { SPEECH_TTS_MODEL: 'flite', SPEECH_STT_MODEL: 'moonshine-tiny' };

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const names = () => CATALOGUE.map(({ name }) => name).join(', ');
const isHere = (env, name) => wholeVoices(env).includes(name);
const inUse = (env, { name }) =>
  Object.entries(DEFAULTS).some(([setting, usual]) => (env[setting] || usual) === name);

/** @throws TypeError that lists the names, when there is none of that name */
function found(name) {
  const entry = CATALOGUE.find((one) => one.name === name);
  if (entry) return entry;
  throw new TypeError(`There is no ${name}; there are ${names()}`);
}

/** The catalogue, and what of it is here. */
export function list(env) {
  const rows = CATALOGUE.map((entry) => [
    entry.name,
    entry.does,
    entry.languages.length > 3 ? `${entry.languages.length} languages` : entry.languages.join(', '),
    megabytes(entry.bytes),
    entry.licence,
    [isHere(env, entry.name) && 'here', inUse(env, entry) && 'in use'].filter(Boolean).join(', '),
    entry.about,
  ]);
  const columns = ['NAME', 'DOES', 'LANGUAGE', 'DOWNLOAD', 'LICENCE', 'STATE', 'WHAT IT IS'];
  return table(columns, rows);
}

/** Gets a model, and the engine with the first one. The size is said and agreed to before. */
export async function add(env, name, { yes }) {
  const entry = found(name);
  if (!engineFits()) throw new Error(`${ENGINE} does not run on this kind of machine.`);
  const engine = !engineInstalled(env);
  if (isHere(env, name) && !engine) return `${name} is here already. ${howToUse(name)}`;
  const model = isHere(env, name) ? undefined : entry;
  const bytes = (model?.bytes ?? 0) + (engine ? ENGINE_BYTES : 0);
  const size = `${megabytes(bytes)} to download${model ? `, ${megabytes(model.unpacked)} on disk` : ''}`;
  process.stdout.write(`${name}: ${entry.about}. Licence: ${entry.licence}. ${size}.\n`);
  if (!yes && !(await agreed())) return 'Nothing was downloaded.';
  if (engine) await step(`Installing ${ENGINE} ${ENGINE_VERSION}`, () => installEngine(env));
  if (model) await step(`Getting ${name}`, (say) => addVoice(model, env, say));
  return howToUse(name);
}

const howToUse = (name) => `To use it: npm run voices -- use ${name}`;

/** @throws TypeError where nobody can be asked */
async function agreed() {
  if (!process.stdin.isTTY) throw new TypeError('Nobody can be asked here: say --yes');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question('Download it? [y/N] ')).trim());
  } finally {
    lines.close();
  }
}

/** Deletes a model; with the last one the engine and what broke off. */
export async function remove(env, name) {
  const entry = found(name);
  if (inUse(env, entry)) {
    throw new Error(`${name} is in use. First: npm run voices -- use ${BUILT_IN}`);
  }
  if (!installedVoices(env).includes(name)) return `${name} is not here.`;
  await rm(join(voicesDir(env), name), { recursive: true });
  if (installedVoices(env).length === 0) await rm(voicesDir(env), { recursive: true });
  return `${name} is deleted.`;
}

/** Chooses by the settings in .env. */
export function use(env, name, { voice, file }) {
  if (name === BUILT_IN) {
    if (voice !== undefined) throw new TypeError(`${BUILT_IN} takes no voice`);
    const none = [...SPEAKING, ...HEARING].map((setting) => [setting, undefined]);
    writeSettings(file, Object.fromEntries(none));
    return 'The built-in voices and recogniser are used from the next start on.';
  }
  const entry = found(name);
  const settings = settingsFor(entry, voice);
  if (!isHere(env, name) || !engineInstalled(env)) {
    throw new Error(`${name} is not here. First: npm run voices -- add ${name}`);
  }
  writeSettings(file, settings);
  const what = entry.does === SPEAKS ? 'All agents speak' : 'All agents hear';
  return `${what} with ${name} from the next start on.`;
}
