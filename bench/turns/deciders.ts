// The ways to decide that a turn is over which are compared: each says how long to wait after the last
// sound, from what is known by then.
import { createRequire } from 'node:module';
import { askedIn } from '../../agent/turns/asked';
import { waitFor } from '../../agent/turns/detector';
import { WAIT_MS } from '../../agent/turns/ending';
import { VAD_TIMES } from '../../agent/turns/vad';
import type { VadTimes } from './hearing';

/** What is known when the caller has fallen silent. */
interface Known {
  /** What the agent had said. */
  readonly after: string;
  /** Final words of the turn so far. */
  readonly words: string;
  /** Whether speech to text still owes words. */
  readonly owed: boolean;
  /** The last second of sound, up to 200 ms of silence after it. */
  readonly tail: Int16Array;
}

/** One way to decide. */
export interface Decider {
  readonly name: string;
  readonly vad: VadTimes;
  /** Milliseconds to wait after the end of the last sound. */
  wait(known: Known): Promise<number>;
}

/** Voice activity alone, as it was. */
const fixed = (ms: number): Decider => ({
  name: `voice activity alone, ${ms} ms`,
  vad: { minSilenceDuration: Math.min(ms, 400) },
  wait: async () => ms,
});

/**
 * The framework's model for the end of a turn with the framework's own settings: `LOCAL_LANGUAGES.en`
 * of `inference/eot/languages.js`, `streamingEndpointingOptions`, and its voice activity's 50 and 250 ms. It is
 * called here as the framework's `EotRunner` does it in a process of its own.
 */
const UNLIKELY = 0.36;
const MODEL_WAITS = { over: 300, unlikely: 2_500 };
const MODEL_VAD = { minSpeechDuration: 50, minSilenceDuration: 250 };

function bundledModel(): Decider | undefined {
  const framework = createRequire(createRequire(import.meta.url).resolve('@livekit/agents'));
  let model: { predict(pcm: Int16Array): Promise<number> };
  try {
    model = framework('@livekit/local-inference');
  } catch {
    return undefined;
  }
  return {
    name: 'end-of-turn model of the framework',
    vad: MODEL_VAD,
    wait: async ({ tail }) => {
      const over = (await model.predict(tail)) >= UNLIKELY;
      return over ? MODEL_WAITS.over : MODEL_WAITS.unlikely;
    },
  };
}

/** What the worker does. */
const words: Decider = {
  name: 'partial transcripts',
  vad: VAD_TIMES,
  wait: async ({ after, words: said, owed }) =>
    owed ? WAIT_MS.unfinished : waitFor(said, askedIn(after)),
};

/** All that run on this machine. */
export function deciders(): Decider[] {
  const model = bundledModel();
  return [fixed(400), fixed(800), fixed(1_200), ...(model ? [model] : []), words];
}
