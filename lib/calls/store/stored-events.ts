// Notifies the metrics of what was written to the database. In this process, after the transaction, and unable to fail
// it.

import type { CallsServer, StoredEvents } from '@/lib/calls/server';
import { logError } from '@/lib/core/log';

type Listener = (stored: StoredEvents) => void;

/** Calls the listener after each transaction; returns a function that unsubscribes it. */
export function onStored(server: CallsServer, listener: Listener): () => void {
  server.storedListeners.add(listener);
  return () => server.storedListeners.delete(listener);
}

/** Notifies the listeners. An error in one is logged, because the events are already stored. */
export function notifyStored(server: CallsServer, stored: StoredEvents): void {
  for (const listener of server.storedListeners) {
    try {
      listener(stored);
    } catch (error) {
      logError('stored events', error);
    }
  }
}
