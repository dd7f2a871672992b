// Tells the framework how long to wait for the end of a turn. Its own interface knows two waits, a
// shorter and a longer one; the longer one is set anew each time, to what the words so far ask for.
import type { voice } from '@livekit/agents';
import { type Asked, askedIn, lastOf } from './asked';
import { endingOf, WAIT_MS } from './ending';

/** The framework's options for turns, and its interface for what looks at words: neither has a name. */
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

/** What a detector has to do with. */
interface Parts {
  /** Sets the longer wait (ms). */
  setWait(ms: number): void;
  /** Whether speech to text still owes words that were said. */
  owed(): boolean;
}

/** The end of a turn by its words. */
export function turnDetector({ setWait, owed }: Parts): TextTurnDetector {
  return {
    model: 'words',
    provider: 'callboard',
    supportsLanguage: async (language) => language === undefined || language.startsWith('en'),
    unlikelyThreshold: async () => 1,
    async predictEndOfTurn({ items }) {
      const asked = askedIn(lastOf(items, 'assistant'));
      // Words that are still to come start this anew.
      setWait(owed() ? WAIT_MS.unfinished : waitFor(lastOf(items, 'user'), asked));
      return 0;
    },
  };
}
