// Selects the STT engine of a request: the built-in one or a larger one, each with its queue and
// languages.
import type { Engines } from './engines';
import { MOONSHINE_RATE, pieces } from './moonshine';
import type { Neural } from './neural/models';
import { Problem } from './problem';
import { notOneOf } from './request';

/** Name of the built-in model. */
export const STT_MODEL = 'moonshine-tiny';
/** Its languages. */
const STT_LANGUAGES = ['en'] as const;

/** An STT engine that supports the language. */
export interface Hearing {
  /** The language's English name in lower case, as in the OpenAI API. */
  readonly language: string;
  /** The words in audio at {@link MOONSHINE_RATE}. */
  readonly hear: (sound: Float32Array, signal: AbortSignal) => Promise<string>;
}

/**
 * @throws {Problem} 404 for an unknown model, 400 for an unsupported language, with the valid
 *   values
 */
export function findListener(
  { model, language }: { model: string; language?: string },
  engines: Engines,
): Hearing {
  if (model === STT_MODEL) {
    const { moonshine, listening, rest } = engines;
    return {
      language: checked(model, STT_LANGUAGES, language),
      hear: (sound, signal) =>
        listening.run(() => moonshine.transcribe(sound, signal), signal).finally(rest),
    };
  }
  const found = engines.neural.find(model, 'hears');
  if (found) {
    return {
      language: checked(model, found.model.languages, language),
      hear: (sound, signal) => hearNeural(found, sound, signal),
    };
  }
  const others = engines.neural.list('hears').map(({ name }) => name);
  throw notOneOf('model', [STT_MODEL, ...others]);
}

/** Splits long audio: Whisper takes 30 s, and the memory of other models grows with the length. */
async function hearNeural({ engine, gate }: Neural, sound: Float32Array, signal: AbortSignal) {
  const texts: string[] = [];
  for (const [index, piece] of pieces(sound).entries()) {
    const ask = () => engine.ask({ kind: 'hear', sound: piece, rate: MOONSHINE_RATE }, 'text');
    texts.push((await gate.run(ask, signal, index > 0)).text);
  }
  return texts.filter(Boolean).join(' ');
}

function checked(model: string, known: readonly string[], asked = known[0] ?? 'en'): string {
  const code = asked.split('-')[0]?.toLowerCase() ?? '';
  if (!known.includes(code)) {
    const detail = `${model} does not know ${asked}. Leave language out, or say one of: ${known.join(', ')}.`;
    throw new Problem(400, 'invalid_request', detail, { param: 'language', valid: known });
  }
  return new Intl.DisplayNames('en', { type: 'language' }).of(code)?.toLowerCase() ?? code;
}
