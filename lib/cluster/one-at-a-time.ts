// Turns: work with the same key waits for the work before it. So two requests at once cannot both
// find a room without its agent. Within this process, across its routes, and across web processes.

import { processSingleton } from '@/lib/core/process-singleton';
import { acrossProcesses } from './locks';

/** Milliseconds after which another process's work is waited for no more. LiveKit is asked some things. */
const OTHERS_MS = 5_000;

const waiting = processSingleton('one-at-a-time', () => new Map<string, Promise<unknown>>());

/** Does `work` when all earlier work of the same key is done, whether well or not. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turns = waiting();
  const own = () => acrossProcesses(key, OTHERS_MS, work);
  const turn = (turns.get(key) ?? Promise.resolve()).then(own, own);
  turns.set(key, turn);
  const done = () => {
    if (turns.get(key) === turn) turns.delete(key);
  };
  turn.then(done, done);
  return turn;
}
