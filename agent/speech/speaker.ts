// Selects the TTS of a request: the built-in voice or a neural model, each with its queue and
// sample rate. Unknown names are refused with the valid ones.
import type { Engines } from './engines';
import { FLITE_RATE, FLITE_VOICES, type FliteVoice } from './flite';
import { type Neural, speakerOf } from './neural/models';
import { finished } from './polish';
import { notOneOf } from './request';
import { spoken } from './spoken/spoken';

/** Name of the built-in model. */
export const TTS_MODEL = 'flite';

/** A voice, ready to speak. */
export interface Speaker {
  /** The text in the words and letters it can read. */
  readonly words: (text: string) => string;
  /**
   * One sentence as samples, with their rate.
   * @param admitted true for the later sentences of an admitted request
   */
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
  const known = FLITE_VOICES.find((one): one is FliteVoice => one === voice);
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
