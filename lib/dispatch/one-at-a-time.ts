// Turns: work with the same key waits for the work before it. So two requests at once cannot both
// find a room without its agent. Within this process, across its routes, and across web processes.
import { acrossProcesses } from '../processes/locks';

/** Milliseconds after which another process's work is waited for no more. LiveKit is asked some things. */
const OTHERS_MS = 5_000;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardTurns?: Map<string, Promise<unknown>> };

/** Does `work` when all earlier work of the same key is done, whether well or not. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  shared.callboardTurns ??= new Map();
  const turns = shared.callboardTurns;
  const own = () => acrossProcesses(key, OTHERS_MS, work);
  const turn = (turns.get(key) ?? Promise.resolve()).then(own, own);
  turns.set(key, turn);
  const done = () => {
    if (turns.get(key) === turn) turns.delete(key);
  };
  turn.then(done, done);
  return turn;
}
