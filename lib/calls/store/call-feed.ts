// Notifies pages of this process when calls change, in whichever web process.
import { z } from 'zod';
import { onMissedMessages, publishInTransaction, subscribe } from '@/lib/cluster/pubsub';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import type { Database } from '@/lib/db/database';

/** Called with the id of a call, or undefined if changes may have been missed. */
type Listener = (id: string | undefined) => void;

/** The listeners of this process. */
export const listeners = processSingleton('call-feed', () => {
  subscribe('calls', z.array(z.string()), notifyChanged);
  onMissedMessages('calls', () => notifyEach(undefined));
  return new Set<Listener>();
});

/** Calls the listener with the id of each changed or deleted call; returns a function that unsubscribes it. */
export function onCallChanged(listener: Listener): () => void {
  // A function that is registered twice is two listeners, each removed separately.
  const own: Listener = (id) => listener(id);
  listeners().add(own);
  return () => listeners().delete(own);
}

/** Notifies the listeners of changed calls. */
export function notifyChanged(ids: Iterable<string>): void {
  for (const id of ids) notifyEach(id);
}

/**
 * Notifies the other web processes when the transaction commits: their pages of changed calls, and whatever follows
 * calls there of new events.
 */
export async function notifyOthers(
  tx: Database,
  ids: readonly string[],
  events: readonly string[] = [],
): Promise<void> {
  await publishInTransaction(tx, 'calls', ids);
  if (events.length > 0) await publishInTransaction(tx, 'events', events);
}

/** An error in a listener is logged. */
function notifyEach(id: string | undefined): void {
  for (const listener of listeners()) {
    try {
      listener(id);
    } catch (error) {
      logError('calls', error);
    }
  }
}
