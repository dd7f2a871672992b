// How turns are taken in a session: when the caller's is over, and when the agent's is cut short. The
// numbers were measured: docs/turns.md.
import { voice } from '@livekit/agents';
import { type TurnHandling, turnDetector } from './detector';

/**
 * Milliseconds of speech that make the agent pause: two windows of the voice activity model, of which the
 * first must be speech (vad.ts). Most voices are found within 50 ms, so the agent is silent before the 200 ms
 * after which people raise theirs.
 */
const INTERRUPTION_MS = 64;

/**
 * Milliseconds from when the caller counts as silent until the agent goes on, where nothing was said
 * that interrupts it. The words are there by then; those that come later interrupt it still.
 */
const FALSE_INTERRUPTION_MS = 100;

/** Milliseconds to wait for the end of a turn in a language whose words are not looked at. */
const UNREAD_MS = 700;

/** How turns are taken, to be given to a session and attached to it. */
export interface TurnTaking {
  readonly handling: TurnHandling;
  attach(session: voice.AgentSession): void;
}

const { AgentSessionEventTypes: On } = voice;

/** Makes it, for one session. */
export function takeTurns(): TurnTaking {
  let owed = false;
  let attached: voice.AgentSession | undefined;
  const turnDetection = turnDetector({
    setWait: (maxDelay) => attached?.updateOptions({ turnHandling: { endpointing: { maxDelay } } }),
    owed: () => owed,
  });
  return {
    handling: {
      turnDetection,
      // The detector sets the longer wait each time.
      endpointing: { mode: 'fixed', minDelay: UNREAD_MS, maxDelay: UNREAD_MS },
      interruption: {
        mode: 'vad',
        minDuration: INTERRUPTION_MS,
        falseInterruptionTimeout: FALSE_INTERRUPTION_MS,
      },
      preemptiveGeneration: { enabled: true, preemptiveTts: true },
    },
    attach(session) {
      attached = session;
      session.on(On.UserInputTranscribed, ({ isFinal }) => {
        owed = !isFinal;
      });
      dateTurns(session);
    },
  };
}

/**
 * A turn begins with its first words. The framework takes it to begin with the first sound since the turn
 * before, so also with a cough a minute ago.
 */
function dateTurns(session: voice.AgentSession): void {
  let began = 0;
  let worded = false;
  session.on(On.UserStateChanged, ({ newState, createdAt }) => {
    if (newState === 'speaking' && !worded) began = createdAt / 1_000;
  });
  session.on(On.UserInputTranscribed, ({ isFinal }) => {
    worded ||= isFinal;
  });
  session.on(On.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'user') return;
    const { metrics } = item;
    if (metrics.startedSpeakingAt !== undefined) {
      metrics.startedSpeakingAt = Math.max(metrics.startedSpeakingAt, began);
    }
    worded = false;
  });
}
