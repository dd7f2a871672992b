// Puts a model into use: the settings that choose it, written into .env, whose other lines stay as
// they are.
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { SPEAKS } from './voices-catalogue.mjs';

/** Settings that choose who speaks and who hears. */
export const SPEAKING = ['SPEECH_TTS_MODEL', 'SPEECH_TTS_VOICE'];
export const HEARING = ['SPEECH_STT_MODEL'];

/**
 * Settings of a model, undefined for those to be taken out.
 * @param voice of the model, or undefined for one to each agent
 * @throws TypeError that names the right values, when the model has no such voice
 */
export function settingsFor({ name, does, voices = {} }, voice) {
  if (does !== SPEAKS) {
    if (voice !== undefined) throw new TypeError(`${name} hears, so it has no voice to choose`);
    return { SPEECH_STT_MODEL: name };
  }
  if (voice !== undefined && !Object.hasOwn(voices, voice)) {
    throw new TypeError(`${name} has the voices ${Object.keys(voices).join(', ')}`);
  }
  return { SPEECH_TTS_MODEL: name, SPEECH_TTS_VOICE: voice };
}

/** The text of a .env file with these settings: set where they are, added at the end, or taken out. */
export function withSettings(text, settings) {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const left = { ...settings };
  const kept = lines.flatMap((line) => {
    const name = /^\s*(?:export\s+)?([A-Z0-9_]+)\s*=/.exec(line)?.[1];
    if (name === undefined || !Object.hasOwn(settings, name)) return [line];
    const value = left[name];
    delete left[name];
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const added = Object.entries(left).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return [...kept, ...added].map((line) => `${line}\n`).join('');
}

/** Writes them into the file, whole or not at all, with the rights it had. */
export function writeSettings(file, settings) {
  const there = existsSync(file);
  const text = withSettings(there ? readFileSync(file, 'utf8') : '', settings);
  const mode = there ? statSync(file).mode & 0o777 : 0o600;
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
