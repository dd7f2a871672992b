// The engines behind the API: the two built-in ones, loaded once and each with its own queue, and
// the installed neural models.
import { Flite } from './flite';
import { Gate } from './gate';
import { makeCollector } from './memory';
import { Moonshine } from './moonshine';
import { NeuralModels, type NeuralPlace } from './neural/models';

/**
 * Queue bound for speech to text: 0.1 s each, so nobody waits longer than about 1.5 s, after which
 * a caller would notice.
 */
const LISTENING_BOUND = 16;
/** The same for the first sentence of speech: about 0.05 s each. */
const SPEAKING_BOUND = 32;

/** The built-in engines, warm, and the neural ones, loaded on demand. */
export interface Engines {
  readonly moonshine: Pick<Moonshine, 'transcribe'>;
  readonly flite: Pick<Flite, 'words' | 'speak'>;
  readonly listening: Gate;
  readonly speaking: Gate;
  readonly neural: NeuralModels;
  /** Call it after each piece of work. */
  readonly rest: () => void;
}

/**
 * Loads and warms the built-in engines; takes about a second.
 * @param place where neural models may be
 */
export async function loadEngines(place?: NeuralPlace): Promise<Engines> {
  const { collect, rest } = makeCollector();
  // One after the other, with a garbage collection in between: at once, their garbage fragments the
  // heap (+50 MB).
  const moonshine = await Moonshine.load();
  collect();
  const flite = await Flite.load();
  rest();
  return {
    moonshine,
    flite,
    listening: new Gate(LISTENING_BOUND),
    speaking: new Gate(SPEAKING_BOUND),
    neural: new NeuralModels(place),
    rest,
  };
}
