// Tells pages of this process which calls have changed, by whichever process.
import { inspect } from 'node:util';
import { z } from 'zod';
import { heard, onMissed, tellWithin } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';
import type { Database } from '@/lib/db/database';

/** Is given the id of a call; undefined where changes may have been missed. */
type Listener = (id: string | undefined) => void;

/** The listeners of this process. */
export const listeners = processSingleton('call-feed', () => {
  heard('calls', z.array(z.string()), tellChanged);
  onMissed('calls', () => tellEach(undefined));
  return new Set<Listener>();
});

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

/**
 * Tells the other web processes once the transaction is done; nobody where it is not: their pages which calls have
 * changed, and whoever watches calls for all of them which events are new.
 */
export async function notifyOthers(
  tx: Database,
  ids: readonly string[],
  events: readonly string[] = [],
): Promise<void> {
  await tellWithin(tx, 'calls', ids);
  if (events.length > 0) await tellWithin(tx, 'events', events);
}

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
