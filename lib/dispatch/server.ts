// What dispatching needs of the web process (`lib/server.ts`).
import type { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { CallsServer } from '@/lib/calls/server';
import type { Recent } from '@/lib/core/recent';

/** A process that dispatches agents. */
export interface DispatchServer extends CallsServer {
  /** Counters of started calls: `limits/limit-starts.ts`. */
  readonly limiters: Map<string, RateLimiterMemory | RateLimiterPostgres>;
  /** Cached minutes of today's calls, by agent. */
  readonly minutes: Map<string, { readonly at: number; readonly used: Promise<number> }>;
  /** Rooms whose next listener was announced and has not joined. */
  readonly announcedListeners: Recent<boolean>;
  /** The shared queue in the database: when it last did not respond, in milliseconds since 1970. */
  readonly sharedQueue: { awayAt: number };
}
