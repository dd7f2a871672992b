// What the calls need of the web process (`lib/server.ts`).
import type { LRUCache } from 'lru-cache';
import type { AuthServer } from '@/lib/auth/server';
import type { CallSummary } from '@/lib/calls/call';
import type { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { EventData, StoredEvent } from '@/lib/calls/event';
import type { Measured, StatsWindow, WindowName } from '@/lib/calls/view/agent-stats';
import type { Reported } from '@/lib/livekit/server';

/** The change of one call. `before` is undefined for a new call. */
export interface CallChange {
  readonly before: CallSummary | undefined;
  readonly after: CallSummary;
}

/** What one transaction wrote: the new events, and the calls that they changed. */
export interface StoredEvents {
  readonly events: readonly StoredEvent[];
  readonly calls: readonly CallChange[];
}

/** Why a signature was refused. */
export interface Refusal {
  /** `clock`: signed with the right secret at another time; `key`: signed with another API key. */
  readonly why: 'secret' | 'key' | 'clock';
  /** Seconds by which the signer's clock is ahead (negative: behind), if the time was wrong. */
  readonly aheadS?: number | undefined;
}

/** A report or webhook that was refused because of its signature. */
export interface Refused extends Refusal {
  readonly at: number;
}

/** An event of a test call, and when it arrived. */
export interface ProbeEvent {
  readonly at: number;
  readonly what: EventData;
}

/** What the process recently received: `ingest/recent-activity.ts`. Times are in milliseconds since 1970. */
export interface RecentActivity {
  lastWebhookAt?: number;
  /** When other web processes last heard of a webhook. */
  announcedAt?: number;
  refused?: Refused;
  refusedWebhook?: Refused;
  readonly webhooks: LRUCache<string, number>;
  readonly events: LRUCache<string, readonly ProbeEvent[]>;
  readonly workers: LRUCache<string, Reported>;
}

/** A caller whose data is exported or deleted. */
export interface StoredCaller {
  /** The ID by which their calls are stored. */
  readonly id: string;
  /** IDs of their calls. */
  readonly calls: readonly string[];
}

/** Fields that a feature adds to a response. */
type Fields = Readonly<Record<string, unknown>>;

/** What a feature may add to the storing of calls. */
export interface CallsFeature {
  /** After a call was deleted. @returns what remains to be done, for the response */
  callDeleted?(server: CallsServer, call: string): Promise<Fields>;
  /** Exports what the feature stores of a caller. @throws {Problem} 503 */
  callerData?(server: CallsServer, caller: StoredCaller): Promise<Fields>;
  /** Deletes what the feature stores of a caller, before their calls. @throws {Problem} 500 or 503 */
  deleteCaller?(server: CallsServer, caller: StoredCaller): Promise<Fields>;
}

/** A process that stores calls. */
export interface CallsServer extends AuthServer {
  readonly features: readonly CallsFeature[];
  readonly activity: RecentActivity;
  /** The event queue of this process. */
  readonly events: EventWriter;
  /** Called after each transaction. */
  readonly storedListeners: Set<(stored: StoredEvents) => void>;
  /** Called with the id of a changed call, or undefined if changes may have been missed. */
  readonly callFeed: Set<(id: string | undefined) => void>;
  /** Cached statistics. */
  readonly recentStats: Partial<
    Record<
      WindowName,
      { readonly at: number; readonly window: StatsWindow; readonly read: Promise<Measured> }
    >
  >;
}
