// Tells the framework how long to wait for the end of a turn. Its interface has a shorter and a
// longer delay; the longer one is set each time, depending on the words so far.
import type { voice } from '@livekit/agents';
import { type Asked, askedIn, lastOf } from './asked';
import { endingOf, WAIT_MS } from './ending';

/**
 * The framework's turn options and its text-based turn detector, neither of which it exports by
 * name.
 */
export type TurnHandling = NonNullable<
  NonNullable<ConstructorParameters<typeof voice.AgentSession>[0]>['turnHandling']
>;
type TextTurnDetector = Extract<
  NonNullable<TurnHandling['turnDetection']>,
  { predictEndOfTurn: unknown }
>;

/** Milliseconds of silence after which a turn with these words is over. */
function waitFor(heard: string, asked: Asked): number {
  return WAIT_MS[endingOf(heard, asked)];
}

/** What a detector needs. */
interface Parts {
  /** Sets the longer delay (ms). */
  setWait(ms: number): void;
  /** Whether STT has not sent the final transcript yet. */
  owed(): boolean;
}

/** Detects the end of a turn by its words. */
export function turnDetector({ setWait, owed }: Parts): TextTurnDetector {
  return {
    model: 'words',
    provider: 'callboard',
    supportsLanguage: async (language) => language === undefined || language.startsWith('en'),
    unlikelyThreshold: async () => 1,
    async predictEndOfTurn({ items }) {
      const asked = askedIn(lastOf(items, 'assistant'));
      // A later transcript calls this again.
      setWait(owed() ? WAIT_MS.unfinished : waitFor(lastOf(items, 'user'), asked));
      return 0;
    },
  };
}
