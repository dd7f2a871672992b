// The language of a call: the caller's, if a language model, STT and TTS support it, otherwise
// English. Scripted agents and the built-in speech server support English only.
import { join, resolve } from 'node:path';
import { installedModels } from '@/agent/speech/neural/models';
import { lettaAgent } from '@/lib/core/catalogue';
import type { Config } from '@/lib/core/config';
import { LANGUAGES, primary } from '@/lib/core/language';
import { ENGLISH_SPEECH } from '@/lib/core/speech-languages';
import { isEnglish } from '@/lib/dispatch/caller-language';

/** Languages (two-letter codes) of the speech server's models, by model name. */
export type SpeechLanguages = Readonly<Record<string, readonly string[]>>;

/** LiveKit Inference's code for STT that recognizes all languages. */
const MULTILINGUAL = 'multi';

/**
 * The language to speak with a caller, as a BCP 47 tag. Models are instructed to speak it, and hosted
 * speech to expect it.
 * @param asked BCP 47 tag of the caller's language; undefined means English
 * @param installed languages of the speech models installed on this machine
 */
export function spokenLanguage(
  config: Pick<Config, 'agentModels' | 'SPEECH_STT_MODEL' | 'SPEECH_TTS_MODEL'>,
  { name }: { readonly name: string },
  asked: string | undefined,
  installed: SpeechLanguages = {},
): string {
  const english = LANGUAGES[0];
  if (asked === undefined || isEnglish(asked)) return english;
  const code = primary(asked);
  const { models = [], stt = [], tts = [] } = config.agentModels[name] ?? {};
  const [model] = models;
  if (!model && name !== lettaAgent.name) return english;
  // A realtime model has its own audio.
  if (model?.kind === 'realtime') return asked;
  const supports = (model: string) =>
    !ENGLISH_SPEECH.includes(model) && (installed[model] ?? [code]).includes(code);
  const [hosted] = stt;
  // For STT, the `voice` part of a model reference is its language.
  const hears = hosted
    ? hosted.voice === undefined || [MULTILINGUAL, code].includes(primary(hosted.voice))
    : supports(config.SPEECH_STT_MODEL);
  const speaks = tts.length > 0 || supports(config.SPEECH_TTS_MODEL);
  return hears && speaks ? asked : english;
}

/**
 * The language (ISO 639-1) for the speech server's STT: the call's own, otherwise the first it
 * supports. A fallback STT may support fewer languages than the one before it.
 */
export function sttLanguage(model: string, tag: string, installed: SpeechLanguages): string {
  const code = primary(tag);
  const known = ENGLISH_SPEECH.includes(model) ? LANGUAGES.slice(0, 1) : installed[model];
  return known?.[0] === undefined || (known as readonly string[]).includes(code) ? code : known[0];
}

/** Languages of the models installed by `npm run voices`. */
export function installedSpeech(dataDir: string): SpeechLanguages {
  const models = installedModels(join(resolve(dataDir), 'voices'));
  return Object.fromEntries(models.map(({ name, languages }) => [name, languages]));
}
