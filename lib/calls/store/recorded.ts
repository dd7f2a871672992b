// Tells whoever counts what was just written to the database: the metrics. In this process, after
// the transaction, and never able to fail it.
import { inspect } from 'node:util';
import { processSingleton } from '@/lib/core/process-singleton';
import type { CallSummary } from '../call';
import type { KeptEvent } from '../event';

/** What events made of one call. `before` is undefined for a call that was not there. */
export interface CallChange {
  readonly before: CallSummary | undefined;
  readonly after: CallSummary;
}

/** What one transaction wrote: only events that were new, and the calls that they changed. */
export interface Recorded {
  readonly events: readonly KeptEvent[];
  readonly calls: readonly CallChange[];
}

type Listener = (recorded: Recorded) => void;

const listeners = processSingleton('recorded', () => new Set<Listener>());

/** Calls the listener after each transaction; returns what ends that. */
export function onRecorded(listener: Listener): () => void {
  listeners().add(listener);
  return () => listeners().delete(listener);
}

/** Tells what was written. A listener that throws is logged: the events are kept all the same. */
export function tellRecorded(recorded: Recorded): void {
  for (const listener of listeners()) {
    try {
      listener(recorded);
    } catch (error) {
      console.error(`recorded: ${inspect(error)}`);
    }
  }
}
