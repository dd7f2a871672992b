// Tensors and WebAssembly memories lie outside V8's heap, which therefore sees no reason to collect
// them: up to 90 MB of garbage was measured. When the server falls idle, it is told to.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds without work that count as idle; long enough not to fall between two sentences. */
const IDLE_MS = 300;

/** `collect` frees what is unused, in about 5 ms; `rest`, called after each piece of work, does it when idle. */
export function makeCollector(): { collect: () => void; rest: () => void } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let timer: NodeJS.Timeout | undefined;
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(collect, IDLE_MS).unref();
  };
  return { collect, rest };
}
