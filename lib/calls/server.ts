// What the calls need of the web process (`lib/server.ts`).
import type { AuthServer } from '@/lib/auth/server';
import type { Database } from '@/lib/db/database';
import type { CallSummary } from './call';
import type { EventWriter } from './delivery/event-writer';
import type { KeptEvent } from './event';
import type { WindowName, WindowStats } from './view/agent-stats';

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

/** A process that stores calls. */
export interface CallsServer extends AuthServer {
  /** The event queue of this process. */
  readonly events: EventWriter;
  /** Called after each transaction. */
  readonly recorded: Set<(recorded: Recorded) => void>;
  /** Called with the id of a changed call, or undefined if changes may have been missed. */
  readonly callFeed: Set<(id: string | undefined) => void>;
  /** Delete data from before a time (milliseconds since 1970) when old calls are deleted. */
  readonly deletedWithCalls: readonly ((db: Database, before: number) => Promise<void>)[];
  /** When expired data was last deleted, in milliseconds since 1970. */
  readonly expiredDeleted: { at: number };
  /** Cached statistics. */
  readonly recentStats: Partial<
    Record<WindowName, { readonly at: number; readonly stats: Promise<WindowStats> }>
  >;
}
