// The voice activity model that detects when the caller starts and stops speaking.
import { inference } from '@livekit/agents';
import { voiceActivity } from '../speech/voice-activity';

/**
 * Milliseconds of silence after which the caller counts as silent. The words by then decide how
 * much longer to wait (endpointing.ts), so this is less than the shortest delay.
 */
export const MIN_SILENCE_MS = 350;

/**
 * Milliseconds of speech with which it begins: one window of the model. The framework's default is
 * two, checked only with the window after: the agent then paused at 0.30 s when a word began
 * softly. In the recordings of docs/turns.md, including noises, one window detects nothing that two
 * do not.
 */
const MIN_SPEECH_MS = 32;

/** Timing of voice activity for turns; milliseconds. */
const VAD_TIMES = {
  minSpeechDuration: MIN_SPEECH_MS,
  minSilenceDuration: MIN_SILENCE_MS,
} as const;

/** Voice activity for turns. Also loads STT's model, so that it is not loaded during a call. */
export function makeVad(): inference.VAD {
  voiceActivity().initVad();
  return new inference.VAD({ model: 'silero', ...VAD_TIMES });
}
