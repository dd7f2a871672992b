// The speech server without models: the same API, but words are spoken as tones (tones.ts) and recognized exactly, two
// to three times faster than speech and with almost no processor time. For all tests that are not about recognition.

import { type SpeechProcess, startSpeech } from '@/agent/speech/api';
import type { Engines } from '@/agent/speech/engines';
import { Gate } from '@/agent/speech/gate';
import { NeuralModels } from '@/agent/speech/neural/models';
import { fromTones, toTones } from '@/agent/testing/tones';

const BOUND = 100;

/** Text with this word is recognized as speech without words, like mumbling. */
export const MUMBLED = 'Mumble';

/** On a busy machine the first words can be lost. */
const unlessMumbled = (text: string) =>
  MUMBLED.startsWith(text.slice(0, MUMBLED.length)) || /\bmumble\b/i.test(text) ? '' : text;

/** The last texts that were synthesized: a gap in the audio of one of them is filled. */
const spoken = new Set<string>();
const SPOKEN_MAX = 500;

function speak(text: string): Float32Array {
  spoken.delete(text);
  spoken.add(text);
  if (spoken.size > SPOKEN_MAX) spoken.delete([...spoken][0] as string);
  return toTones(text);
}

/** The engines behind its API. */
export const fakeEngines: Engines = {
  moonshine: { transcribe: async (sound) => unlessMumbled(fromTones(sound, spoken)) },
  flite: { words: (text) => text, speak },
  listening: new Gate(BOUND),
  speaking: new Gate(BOUND),
  neural: new NeuralModels(),
  rest() {},
};

/** Starts it on loopback. All models and voices of the real server have its one voice. */
export async function startFakeSpeech(port = 0): Promise<SpeechProcess> {
  const speech = await startSpeech('127.0.0.1', port, async () => fakeEngines);
  await speech.ready;
  return speech;
}
