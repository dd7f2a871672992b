// Tells pages of this process which calls have changed, by whichever process.
import { inspect } from 'node:util';

/** Is given the id of a call; undefined where changes may have been missed. */
type Listener = (id: string | undefined) => void;

/** Next bundles each route on its own: what routes share is reached through the process. */
const shared = globalThis as typeof globalThis & { callboardCallFeed?: Set<Listener> };

function listeners(): Set<Listener> {
  shared.callboardCallFeed ??= new Set();
  return shared.callboardCallFeed;
}

/** Calls the listener with the id of each call that changed or was deleted; returns what ends that. */
export function onCallChanged(listener: Listener): () => void {
  // One function given twice is two listeners, each ended for itself.
  const own: Listener = (id) => listener(id);
  listeners().add(own);
  return () => listeners().delete(own);
}

/** Tells that calls have changed. */
export function tellChanged(ids: Iterable<string>): void {
  for (const id of ids) tellEach(id);
}

/** Tells that any call may have changed. */
export const tellMissed = () => tellEach(undefined);

/** A listener that throws is logged. */
function tellEach(id: string | undefined): void {
  for (const listener of listeners()) {
    try {
      listener(id);
    } catch (error) {
      console.error(`calls: ${inspect(error)}`);
    }
  }
}
