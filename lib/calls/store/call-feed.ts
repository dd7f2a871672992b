// Notifies pages of this process when calls change, in whichever web process.

import { z } from 'zod';
import type { CallsServer } from '@/lib/calls/server';
import type { Ground } from '@/lib/cluster/ground';
import { onMissedMessages, publishInTransaction, subscribe } from '@/lib/cluster/pubsub';
import { logError } from '@/lib/core/log';
import type { Database } from '@/lib/db/database';

/** Called with the id of a call, or undefined if changes may have been missed. */
type Listener = (id: string | undefined) => void;

/** Notifies the listeners of changes in other processes. */
export function followChanges(server: CallsServer): void {
  subscribe(server, 'calls', z.array(z.string()), (ids) => notifyChanged(server, ids));
  onMissedMessages(server, 'calls', () => notifyEach(server, undefined));
}

/** Calls the listener with the id of each changed or deleted call; returns a function that unsubscribes it. */
export function onCallChanged(server: CallsServer, listener: Listener): () => void {
  // A function that is registered twice is two listeners, each removed separately.
  const own: Listener = (id) => listener(id);
  server.callFeed.add(own);
  return () => server.callFeed.delete(own);
}

/** Notifies the listeners of changed calls. */
export function notifyChanged(server: CallsServer, ids: Iterable<string>): void {
  for (const id of ids) notifyEach(server, id);
}

/**
 * Notifies the other web processes when the transaction commits: their pages of changed calls, and whatever follows
 * calls there of new events.
 */
export async function notifyOthers(
  server: Ground,
  tx: Database,
  ids: readonly string[],
  events: readonly string[] = [],
): Promise<void> {
  await publishInTransaction(server, tx, 'calls', ids);
  if (events.length > 0) await publishInTransaction(server, tx, 'events', events);
}

/** An error in a listener is logged. */
function notifyEach(server: CallsServer, id: string | undefined): void {
  for (const listener of server.callFeed) {
    try {
      listener(id);
    } catch (error) {
      logError('calls', error);
    }
  }
}
