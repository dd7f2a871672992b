// Serializes work by key, within this process and across web processes, so that two concurrent requests cannot both
// find a room without its agent.

import { processSingleton } from '@/lib/core/process-singleton';
import { withLock } from './locks';

/** Milliseconds to wait for another process's work, which includes some requests to LiveKit. */
const OTHERS_MS = 5_000;

const waiting = processSingleton('one-at-a-time', () => new Map<string, Promise<unknown>>());

/** Does `work` after all earlier work with the same key has finished or failed. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turns = waiting();
  const own = () => withLock(key, OTHERS_MS, work);
  const turn = (turns.get(key) ?? Promise.resolve()).then(own, own);
  turns.set(key, turn);
  const done = () => {
    if (turns.get(key) === turn) turns.delete(key);
  };
  turn.then(done, done);
  return turn;
}
