// The voice activity model that says when the caller begins and stops.
import { inference } from '@livekit/agents';
import { speechVad } from '../speech/stt';

/**
 * Milliseconds of silence after which the caller counts as silent. What was said by then decides how
 * much longer is waited (ending.ts), so this is less than the shortest wait.
 */
export const MIN_SILENCE_MS = 350;

/** Voice activity for turns; loads the recogniser's too, so that neither is loaded in a call. */
export function makeVad(): inference.VAD {
  speechVad();
  return new inference.VAD({ model: 'silero', minSilenceDuration: MIN_SILENCE_MS });
}
