// Which language a call is in: the caller's, where a language model thinks and its ears and its voice know
// it, else English. Scripted agents and the built-in speech server know English alone.
import { join, resolve } from 'node:path';
import { lettaAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import { LANGUAGES, primary } from '../../lib/core/language';
import { ENGLISH_SPEECH } from '../../lib/core/speech-languages';
import { isEnglish } from '../../lib/dispatch/caller-language';
import { installedModels } from '../speech/neural/models';

/** Languages (two-letter codes) of the speech server's models by their names. */
export type SpeechLanguages = Readonly<Record<string, readonly string[]>>;

/** What LiveKit Inference calls ears that hear every language, in place of one. */
const EVERY = 'multi';

/**
 * The language to speak with a caller, as a BCP 47 tag: what its models are told to speak, and hosted
 * speech to expect.
 * @param asked BCP 47 tag of the caller's language; undefined is English
 * @param installed languages of the speech models that were added on this machine
 */
export function spokenLanguage(
  config: Pick<Config, 'minds' | 'SPEECH_STT_MODEL' | 'SPEECH_TTS_MODEL'>,
  { name }: { readonly name: string },
  asked: string | undefined,
  installed: SpeechLanguages = {},
): string {
  const english = LANGUAGES[0];
  if (asked === undefined || isEnglish(asked)) return english;
  const code = primary(asked);
  const { models = [], stt = [], tts = [] } = config.minds[name] ?? {};
  const [mind] = models;
  if (!mind && name !== lettaAgent.name) return english;
  // A realtime model hears and speaks itself.
  if (mind?.kind === 'realtime') return asked;
  const served = (model: string) =>
    !ENGLISH_SPEECH.includes(model) && (installed[model] ?? [code]).includes(code);
  const [ears] = stt;
  // What is a voice of speech is a language of ears.
  const hears = ears
    ? ears.voice === undefined || [EVERY, code].includes(primary(ears.voice))
    : served(config.SPEECH_STT_MODEL);
  const speaks = tts.length > 0 || served(config.SPEECH_TTS_MODEL);
  return hears && speaks ? asked : english;
}

/**
 * The language (ISO 639-1) in which ears of the speech server are to hear a call: the call's own, else the
 * first that they know. Ears that stand behind others may know less than these.
 * @param tag BCP 47 tag of the call's language
 * @param installed see {@link spokenLanguage}
 */
export function heardLanguage(model: string, tag: string, installed: SpeechLanguages): string {
  const code = primary(tag);
  const known = ENGLISH_SPEECH.includes(model) ? LANGUAGES.slice(0, 1) : installed[model];
  return known?.[0] === undefined || (known as readonly string[]).includes(code) ? code : known[0];
}

/** The languages of what `npm run voices` has added on this machine. @param dataDir as in the settings */
export function addedSpeech(dataDir: string): SpeechLanguages {
  const models = installedModels(join(resolve(dataDir), 'voices'));
  return Object.fromEntries(models.map(({ name, languages }) => [name, languages]));
}
