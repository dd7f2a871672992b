// The built-in speech models know English alone, and so do agents without a language model: it decides what
// agents speak, and what the page says of it.

import { modelsText } from '@/lib/messages/en/models';
import type { Runs } from './runs-on';

/** Names of the models of the built-in speech server (agent/speech/). */
export const ENGLISH_SPEECH: readonly string[] = ['moonshine-tiny', 'flite'];

/** Whether a model by its name as workers report it ("flite (own speech server)") is one of them. */
const isEnglishSpeech = (named = ''): boolean =>
  ENGLISH_SPEECH.some((model) => named.startsWith(`${model} (`));

/** Whether an agent that runs on this speaks English only: it has no language model, or no other speech. */
export const speaksEnglishOnly = ({
  models,
  stt,
  tts,
}: Pick<Runs, 'models' | 'stt' | 'tts'>): boolean =>
  models[0] === modelsText.builtIn || isEnglishSpeech(stt[0]) || isEnglishSpeech(tts[0]);
