// Notifies the metrics of what was written to the database. In this process, after the transaction, and unable to fail
// it.

import { logError } from '@/lib/core/log';
import type { CallsServer, Recorded } from '../server';

type Listener = (recorded: Recorded) => void;

/** Calls the listener after each transaction; returns a function that unsubscribes it. */
export function onRecorded(server: CallsServer, listener: Listener): () => void {
  server.recorded.add(listener);
  return () => server.recorded.delete(listener);
}

/** Notifies the listeners. An error in one is logged, because the events are already stored. */
export function notifyRecorded(server: CallsServer, recorded: Recorded): void {
  for (const listener of server.recorded) {
    try {
      listener(recorded);
    } catch (error) {
      logError('recorded', error);
    }
  }
}
