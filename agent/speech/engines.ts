// The engines behind the API: the two built-in ones, loaded once and each with its own queue, and the installed neural
// models.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FLITE_RATE, FLITE_VOICES, Flite } from '@/agent/speech/flite';
import { Gate } from '@/agent/speech/gate';
import { MOONSHINE_RATE, Moonshine, pieces } from '@/agent/speech/moonshine';
import {
  type Neural,
  NeuralModels,
  type NeuralPlace,
  speakerOf,
} from '@/agent/speech/neural/models';
import { finished } from '@/agent/speech/polish';
import { notOneOf, Problem } from '@/agent/speech/problem';
import { spoken } from '@/agent/speech/spoken';

/**
 * Queue bound for speech to text: 0.1 s each, so nobody waits longer than about 1.5 s, after which a caller would
 * notice.
 */
const LISTENING_BOUND = 16;
/** The same for the first sentence of speech: about 0.05 s each. */
const SPEAKING_BOUND = 32;

/** The built-in engines, warm, and the neural ones, loaded on demand. */
export interface Engines {
  readonly moonshine: Pick<Moonshine, 'transcribe'>;
  readonly flite: Pick<Flite, 'words' | 'speak'>;
  readonly listening: Gate;
  readonly speaking: Gate;
  readonly neural: NeuralModels;
  /** Call it after each piece of work. */
  readonly rest: () => void;
}

/** Loads and warms the built-in engines; takes about a second. */
export async function loadEngines(place?: NeuralPlace): Promise<Engines> {
  const { collect, rest } = makeCollector();
  // One after the other, with a garbage collection in between: at once, their garbage fragments the heap (+50 MB).
  const moonshine = await Moonshine.load();
  collect();
  const flite = await Flite.load();
  rest();
  return {
    moonshine,
    flite,
    listening: new Gate(LISTENING_BOUND),
    speaking: new Gate(SPEAKING_BOUND),
    neural: new NeuralModels(place),
    rest,
  };
}

/** Milliseconds without work that count as idle; longer than the time between two sentences. */
const IDLE_MS = 300;

/**
 * `collect` frees unused memory in about 5 ms; `rest`, called after each piece of work, does so when idle. V8 does not see
 * the memory of tensors and WebAssembly: up to 90 MB of garbage was measured.
 */
function makeCollector(): { collect: () => void; rest: () => void } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let timer: NodeJS.Timeout | undefined;
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(collect, IDLE_MS).unref();
  };
  return { collect, rest };
}

/** Name of the built-in model. */
export const STT_MODEL = 'moonshine-tiny';
const STT_LANGUAGES = ['en'] as const;

interface Hearing {
  /** The language's English name in lower case, as in the OpenAI API. */
  readonly language: string;
  /** The words in audio at {@link MOONSHINE_RATE}; neural models ignore the prompt. */
  readonly hear: (sound: Float32Array, signal: AbortSignal, prompt?: string) => Promise<string>;
}

/** @throws {Problem} 404 for an unknown model, 400 for an unsupported language, with the valid values */
export function findListener(
  { model, language }: { model: string; language?: string | undefined },
  engines: Engines,
): Hearing {
  if (model === STT_MODEL) {
    const { moonshine, listening, rest } = engines;
    return {
      language: checked(model, STT_LANGUAGES, language),
      hear: (sound, signal, prompt) =>
        inTurns(sound, listening, signal, (piece) =>
          moonshine.transcribe(piece, signal, prompt),
        ).finally(rest),
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

/** The first piece may be refused; between two pieces of long audio, other requests have their turn. */
async function inTurns(
  sound: Float32Array,
  gate: Gate,
  signal: AbortSignal,
  hear: (piece: Float32Array) => Promise<string>,
): Promise<string> {
  const texts: string[] = [];
  for (const [index, piece] of pieces(sound).entries()) {
    texts.push(await gate.run(() => hear(piece), signal, index > 0));
  }
  return texts.filter(Boolean).join(' ');
}

/** Splits long audio: Whisper takes 30 s, and the memory of other models grows with the length. */
const hearNeural = ({ engine, gate }: Neural, sound: Float32Array, signal: AbortSignal) =>
  inTurns(sound, gate, signal, async (piece) => {
    const said = await engine.ask({ kind: 'hear', sound: piece, rate: MOONSHINE_RATE }, 'text');
    return said.text;
  });

function checked(model: string, known: readonly string[], asked = known[0] ?? 'en'): string {
  const code = asked.split('-')[0]?.toLowerCase() ?? '';
  if (!known.includes(code)) {
    const detail = `${model} does not know ${asked}. Leave language out, or say one of: ${known.join(', ')}.`;
    throw new Problem(400, 'invalid_request', detail, { param: 'language', valid: known });
  }
  return new Intl.DisplayNames('en', { type: 'language' }).of(code)?.toLowerCase() ?? code;
}

/** Name of the built-in model. */
export const TTS_MODEL = 'flite';

interface Speaker {
  /** The text in the words and letters it can read. */
  readonly words: (text: string) => string;
  /** One sentence as samples, with their rate. @param admitted true for the later sentences of an admitted request */
  readonly say: (
    sentence: string,
    options: { speed: number; signal: AbortSignal; admitted: boolean },
  ) => Promise<{ sound: Float32Array; rate: number }>;
}

/** @throws {Problem} 404 for an unknown model, 400 for an unknown voice, with the valid values */
export function findSpeaker(
  { model, voice }: { model: string; voice: string },
  engines: Engines,
): Speaker {
  if (model === TTS_MODEL) return flite(voice, engines);
  const found = engines.neural.find(model, 'speaks');
  if (found) return neural(voice, found);
  const others = engines.neural.list('speaks').map(({ name }) => name);
  throw notOneOf('model', [TTS_MODEL, ...others]);
}

function flite(voice: string, { flite: engine, speaking, rest }: Engines): Speaker {
  const known = FLITE_VOICES.find((one) => one === voice);
  if (!known) throw notOneOf('voice', FLITE_VOICES);
  return {
    words: (text) => engine.words(text),
    say: async (sentence, { speed, signal, admitted }) => {
      const make = () => engine.speak(sentence, known, speed);
      const sound = await speaking.run(make, signal, admitted).finally(rest);
      return { sound, rate: FLITE_RATE };
    },
  };
}

function neural(voice: string, { model, engine, gate }: Neural): Speaker {
  const speaker = speakerOf(model, voice, FLITE_VOICES);
  if (speaker === undefined) throw notOneOf('voice', Object.keys(model.voices));
  return {
    // The pronunciation rules are English.
    words: model.languages[0] === 'en' ? spoken : (text) => text,
    say: async (text, { speed, signal, admitted }) => {
      const ask = () => engine.ask({ kind: 'speak', text, speaker, speed }, 'sound');
      const { sound, rate } = await gate.run(ask, signal, admitted);
      return { sound: finished(sound, rate, speed), rate };
    },
  };
}
