// Notifies the metrics of what was written to the database. In this process, after the transaction, and unable to fail
// it.
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import type { CallSummary } from '../call';
import type { KeptEvent } from '../event';

/** The change of one call. `before` is undefined for a new call. */
export interface CallChange {
  readonly before: CallSummary | undefined;
  readonly after: CallSummary;
}

/** What one transaction wrote: the new events, and the calls that they changed. */
export interface Recorded {
  readonly events: readonly KeptEvent[];
  readonly calls: readonly CallChange[];
}

type Listener = (recorded: Recorded) => void;

const listeners = processSingleton('recorded', () => new Set<Listener>());

/** Calls the listener after each transaction; returns a function that unsubscribes it. */
export function onRecorded(listener: Listener): () => void {
  listeners().add(listener);
  return () => listeners().delete(listener);
}

/** Notifies the listeners. An error in one is logged, because the events are already stored. */
export function notifyRecorded(recorded: Recorded): void {
  for (const listener of listeners()) {
    try {
      listener(recorded);
    } catch (error) {
      logError('recorded', error);
    }
  }
}
