// The speech server without models: the same API, but words are spoken as tones (tones.ts) and heard exactly, two
// to three times as fast as people talk and for almost no processor time. For all tests that are not about recognition.
import type { Engines } from '../speech/engines';
import { Gate } from '../speech/gate';
import { NeuralModels } from '../speech/neural/models';
import { type SpeechProcess, startSpeech } from '../speech/start';
import { fromTones, toTones } from './tones';

/** Callers that may wait: more than any test has. */
const BOUND = 100;

/** What begins with this word is heard as speech without words, as mumbling is by a real recogniser. */
export const MUMBLED = 'Mumble';

const unlessMumbled = (text: string) =>
  MUMBLED.startsWith(text.slice(0, MUMBLED.length)) ? '' : text;

/** The last texts that were spoken: a gap in one of them is filled when it is heard. */
const spoken = new Set<string>();
/** More than what is in the air at once. */
const SPOKEN_MAX = 500;

function speak(text: string): Float32Array {
  spoken.delete(text);
  spoken.add(text);
  if (spoken.size > SPOKEN_MAX) spoken.delete([...spoken][0] as string);
  return toTones(text);
}

/** What answers in it. */
export const fakeEngines: Engines = {
  moonshine: { transcribe: async (sound) => unlessMumbled(fromTones(sound, spoken)) },
  flite: { words: (text) => text, speak },
  listening: new Gate(BOUND),
  speaking: new Gate(BOUND),
  neural: new NeuralModels(),
  rest() {},
};

/**
 * Starts it on loopback. All models and voices of the real server have its one voice.
 * @param port 0 takes a free one
 */
export async function startFakeSpeech(port = 0): Promise<SpeechProcess> {
  const speech = await startSpeech('127.0.0.1', port, async () => fakeEngines);
  await speech.ready;
  return speech;
}
