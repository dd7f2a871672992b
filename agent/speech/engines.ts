// The engines behind the API: the two built-in ones, loaded once and each with its own queue, and
// the installed neural models.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Flite } from './flite';
import { Gate } from './gate';
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

/** Milliseconds without work that count as idle; longer than the time between two sentences. */
const IDLE_MS = 300;

/**
 * `collect` frees unused memory in about 5 ms; `rest`, called after each piece of work, does so when idle. Tensors and
 * WebAssembly memories are outside V8's heap, which therefore sees no reason to collect them: up to 90 MB of garbage was
 * measured.
 */
function makeCollector(): { collect: () => void; rest: () => void } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let timer: NodeJS.Timeout | undefined;
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(collect, IDLE_MS).unref();
  };
  return { collect, rest };
}
