// The voice activity model that says when the caller begins and stops.
import { inference } from '@livekit/agents';
import { speechVad } from '../speech/stt';

/**
 * Milliseconds of silence after which the caller counts as silent. What was said by then decides how
 * much longer is waited (ending.ts), so this is less than the shortest wait.
 */
export const MIN_SILENCE_MS = 350;

/**
 * Milliseconds of speech with which it begins: one window of the model. The framework asks for two, and
 * counts the next one before it looks at it, so the agent's pause would come 32 ms later. In the sounds of
 * `npm run bench:turns`, noise among them, one window finds nothing else than two.
 */
export const MIN_SPEECH_MS = 32;

/** Voice activity for turns; loads the recogniser's too, so that neither is loaded in a call. */
export function makeVad(): inference.VAD {
  speechVad();
  return new inference.VAD({
    model: 'silero',
    minSilenceDuration: MIN_SILENCE_MS,
    minSpeechDuration: MIN_SPEECH_MS,
  });
}
