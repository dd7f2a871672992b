// The built-in speech models: they know English alone, which decides what agents speak and what the
// page says of it.

/** Names of the models of the built-in speech server (agent/speech/). */
export const ENGLISH_SPEECH: readonly string[] = ['moonshine-tiny', 'flite'];

/** Whether a model by its name as workers report it ("flite (own speech server)") is one of them. */
export const isEnglishSpeech = (named: string): boolean =>
  ENGLISH_SPEECH.some((model) => named.startsWith(`${model} (`));
