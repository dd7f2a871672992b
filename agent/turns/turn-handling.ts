// Turn options of a session: when the caller's turn is over, and when the agent is interrupted. The numbers were
// measured: docs/turns.md.
import { inference, voice } from '@livekit/agents';
import { voiceActivity } from '@/agent/speech/voice-activity';
import { askedIn, ENDPOINTING_DELAY_MS, endpointOf, lastOf } from '@/agent/turns/endpointing';

/**
 * Milliseconds of speech that pause the agent: two windows of the model. Most voices are detected within 50 ms, so the
 * agent is silent before the 200 ms after which people raise their voice.
 */
const INTERRUPTION_MS = 64;

/**
 * Milliseconds from the end of the caller's speech until the agent continues after a false interruption. The transcript
 * has arrived by then; a later one still interrupts.
 */
const FALSE_INTERRUPTION_MS = 100;

/** Endpointing delay (ms) for languages whose words are not analysed. */
const OTHER_LANGUAGE_MS = 700;

const { AgentSessionEventTypes: On } = voice;

/** Creates the turn options of one session, to be attached to it. */
export function makeTurnHandling() {
  /** Whether STT has not sent the final transcript yet. */
  let owed = false;
  let attached: voice.AgentSession | undefined;
  // Detects the end of a turn by its words. The framework's interface has a shorter and a longer delay; the longer one
  // is set each time, depending on the words so far.
  const turnDetection: TextTurnDetector = {
    model: 'words',
    provider: 'callboard',
    supportsLanguage: async (language) => language === undefined || language.startsWith('en'),
    unlikelyThreshold: async () => 1,
    async predictEndOfTurn({ items }) {
      const ending = endpointOf(lastOf(items, 'user'), askedIn(lastOf(items, 'assistant')));
      // A later transcript calls this again.
      const maxDelay = ENDPOINTING_DELAY_MS[owed ? 'unfinished' : ending];
      attached?.updateOptions({ turnHandling: { endpointing: { maxDelay } } });
      return 0;
    },
  };
  const handling: TurnHandling = {
    turnDetection,
    // The detector sets the longer delay each time.
    endpointing: { mode: 'fixed', minDelay: OTHER_LANGUAGE_MS, maxDelay: OTHER_LANGUAGE_MS },
    interruption: {
      mode: 'vad',
      minDuration: INTERRUPTION_MS,
      falseInterruptionTimeout: FALSE_INTERRUPTION_MS,
    },
    preemptiveGeneration: { enabled: true, preemptiveTts: true },
  };
  return {
    handling,
    attach(session: voice.AgentSession) {
      attached = session;
      session.on(On.UserInputTranscribed, ({ isFinal }) => {
        owed = !isFinal;
      });
    },
  };
}

/** The framework's turn options and its text-based turn detector, neither of which it exports by name. */
type TurnHandling = NonNullable<
  NonNullable<ConstructorParameters<typeof voice.AgentSession>[0]>['turnHandling']
>;
type TextTurnDetector = Extract<
  NonNullable<TurnHandling['turnDetection']>,
  { predictEndOfTurn: unknown }
>;

/**
 * Milliseconds of silence after which the caller counts as silent. The words by then decide how much longer to wait
 * (endpointing.ts), so this is less than the shortest delay.
 */
export const MIN_SILENCE_MS = 350;

/**
 * Milliseconds of speech with which it begins: one window of the model. With the framework's two, the agent paused at
 * 0.30 s when a word began softly; in the recordings of docs/turns.md, one window detects nothing that two do not.
 */
export const MIN_SPEECH_MS = 32;

/** Voice activity for turns. Also loads STT's model, so that it is not loaded during a call. */
export function makeVad(): inference.VAD {
  voiceActivity().initVad();
  return new inference.VAD({
    model: 'silero',
    minSpeechDuration: MIN_SPEECH_MS,
    minSilenceDuration: MIN_SILENCE_MS,
  });
}
