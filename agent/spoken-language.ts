// Which language an agent speaks in a call: the caller's, where its ears and its voice know it, else
// English. The built-in speech server knows English alone.
import { join, resolve } from 'node:path';
import { type CatalogueAgent, lettaAgent } from '../lib/catalogue';
import type { Config } from '../lib/config';
import { isEnglish } from '../lib/language/caller';
import { LANGUAGES, type Language, nearestLanguage, primary } from '../lib/language/language';
import { ENGLISH_SPEECH } from '../lib/language/speech';
import type { Greeting } from './agent-definition';
import { installedModels } from './speech/neural/models';

/** The language of an agent in a call. */
export interface Spoken {
  /** BCP 47 tag: what its models are told to speak, and hosted speech to expect. */
  readonly tag: string;
  /**
   * Of all that it says without a model: greeting, notices, built-in brain. Of a language in which there
   * is none of that, the nearest.
   */
  readonly language: Language;
}

/** An agent, and the languages that it has words of its own in. */
interface Speaker extends Pick<CatalogueAgent, 'name'> {
  readonly greeting: Greeting;
}

/** Languages (two-letter codes) of the speech server's models by their names. */
export type SpeechLanguages = Readonly<Record<string, readonly string[]>>;

/** What LiveKit Inference calls ears that hear every language, in place of one. */
const EVERY = 'multi';

/**
 * Which language to speak with a caller.
 * @param asked BCP 47 tag of the caller's language; undefined is English
 * @param installed languages of the speech models that were added on this machine
 */
export function spokenLanguage(
  config: Pick<Config, 'minds' | 'SPEECH_STT_MODEL' | 'SPEECH_TTS_MODEL'>,
  { name, greeting }: Speaker,
  asked: string | undefined,
  installed: SpeechLanguages = {},
): Spoken {
  const english: Spoken = { tag: LANGUAGES[0], language: LANGUAGES[0] };
  if (asked === undefined || isEnglish(asked)) return english;
  const code = primary(asked);
  const { models = [], stt = [], tts = [] } = config.minds[name] ?? {};
  const served = (model: string) =>
    !ENGLISH_SPEECH.includes(model) && (installed[model] ?? [code]).includes(code);
  const [ears] = stt;
  // What is a voice of speech is a language of ears.
  const hears = ears
    ? ears.voice === undefined || [EVERY, code].includes(primary(ears.voice))
    : served(config.SPEECH_STT_MODEL);
  const speaks = tts.length > 0 || served(config.SPEECH_TTS_MODEL);
  const nearest = nearestLanguage(asked);
  const language = hears && speaks && greeting[nearest] !== undefined ? nearest : english.language;
  // A realtime model hears and speaks itself; what it is handed to say is said by the voice beside it.
  const [mind] = models;
  const thinks = mind !== undefined || name === lettaAgent.name;
  if (thinks && ((hears && speaks) || mind?.kind === 'realtime')) return { tag: asked, language };
  return { tag: language, language };
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
