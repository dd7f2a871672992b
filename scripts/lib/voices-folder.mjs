// Where neural voices and their engine lie on this machine. Each model has a folder of its own with a
// description, `voice.json`, which is all that the speech server reads of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from './paths.mjs';
import { filesOf } from './voices-catalogue.mjs';

/** The description's name. It is written last: a folder without it is no voice. */
export const DESCRIPTION = 'voice.json';
/** How folders begin in which something is made before it is put in place. */
export const ASIDE = '.making-';

/** Folder of all of them. */
export const voicesDir = (env) => join(dataDir(env), 'voices');
/** Folder of the engine: a package folder of npm. */
export const engineDir = (env) => join(voicesDir(env), '.engine');
/** Folder of downloads that broke off. */
export const partsDir = (env) => join(voicesDir(env), '.parts');

/** Names of the models that are here. */
export function installedVoices(env) {
  const folder = voicesDir(env);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, DESCRIPTION)));
}

/** Those of which no file is missing. */
export function wholeVoices(env) {
  return installedVoices(env).filter((name) => {
    const folder = join(voicesDir(env), name);
    const entry = JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8'));
    return filesOf(entry).every((path) => existsSync(join(folder, path)));
  });
}
