// The voice activity model that says when the caller begins and stops.
import { inference } from '@livekit/agents';
import { voiceActivity } from '../speech/voice-activity';

/**
 * Milliseconds of silence after which the caller counts as silent. What was said by then decides how
 * much longer is waited (ending.ts), so this is less than the shortest wait.
 */
export const MIN_SILENCE_MS = 350;

/**
 * Milliseconds of speech with which it begins: one window of the model. The framework asks for two, and looks
 * at the length only with the window after: the agent's pause then came at 0.30 s where a word begins softly.
 * In the sounds of docs/turns.md, noises among them, one window finds nothing else than two do.
 */
const MIN_SPEECH_MS = 32;

/** How voice activity for turns is told apart; milliseconds. */
const VAD_TIMES = {
  minSpeechDuration: MIN_SPEECH_MS,
  minSilenceDuration: MIN_SILENCE_MS,
} as const;

/** Voice activity for turns. Loads the model, the recogniser's too, so that it is not loaded in a call. */
export function makeVad(): inference.VAD {
  voiceActivity().initVad();
  return new inference.VAD({ model: 'silero', ...VAD_TIMES });
}
