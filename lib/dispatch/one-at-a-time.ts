// Turns: work with the same key waits for the work before it. So two requests at once cannot both
// find a room without its agent. Within this process, across its routes.

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardTurns?: Map<string, Promise<unknown>> };

/** Does `work` when all earlier work of the same key is done, whether well or not. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  shared.callboardTurns ??= new Map();
  const turns = shared.callboardTurns;
  const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
  turns.set(key, turn);
  const done = () => {
    if (turns.get(key) === turn) turns.delete(key);
  };
  turn.then(done, done);
  return turn;
}
