// The built-in speech models and the scripted agent support English only. This decides which language
// agents speak, and what the page says about it.

import { BUILT_IN } from '@/lib/core/model-names';
import type { Runs } from '@/lib/core/runs-on';

/** Models of the built-in speech server (agent/speech/). */
export const ENGLISH_SPEECH: readonly string[] = ['moonshine-tiny', 'flite'];

/** Whether a model name reported by a worker ("flite (own speech server)") is one of them. */
const isEnglishSpeech = (named = ''): boolean =>
  ENGLISH_SPEECH.some((model) => named.startsWith(`${model} (`));

/** Whether an agent speaks English only: it has no language model, or only the built-in speech. */
export const speaksEnglishOnly = ({
  models,
  stt,
  tts,
}: Pick<Runs, 'models' | 'stt' | 'tts'>): boolean =>
  models[0] === BUILT_IN || isEnglishSpeech(stt[0]) || isEnglishSpeech(tts[0]);
