// What dispatching needs of the web process (`lib/server.ts`).
import type { LRUCache } from 'lru-cache';
import type { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import type { CallsFeature, CallsServer } from '@/lib/calls/server';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import type { AgentToDispatch } from '@/lib/livekit/dispatch';

/** A share of an agent's callers who go to another deployment. */
interface Share {
  /** Seed that selects callers. While it is constant, the same callers are redirected, also when the share grows. */
  readonly seed: string;
  /** Display name. */
  readonly deployment: string;
  readonly percent: number;
}

/** A call from a page, whose agent is dispatched by its token. */
export interface PageCall {
  readonly room: string;
  readonly identity: string;
  readonly metadata?: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  /** Agent name. */
  readonly agent: string;
}

/** An agent that is about to be dispatched. Deployments as shown. */
export interface Destination {
  /** Agent name. */
  readonly agent: string;
  readonly deployment: string;
  /** The share of callers who go elsewhere. If not set, the agent's own share applies to production. */
  readonly share?: Share | undefined;
}

/** What a feature may add to dispatching. */
export interface DispatchFeature extends CallsFeature {
  /** What it would dispatch for this caller if they did not come from a page; undefined if nothing. */
  destination?(server: DispatchServer, call: PageCall): Destination | undefined;
  /** Completes the agent that a token dispatches. `caller` is their ID, if they are known. @throws {Problem} 422 */
  completeAgent?(
    server: DispatchServer,
    agent: AgentToDispatch,
    call: { readonly room: string; readonly caller: string | undefined },
  ): Promise<AgentToDispatch>;
  /** Handles an event of a room. @throws {Problem} 503 if LiveKit does not respond */
  handleRoomEvent?(server: DispatchServer, event: RoomEvent): Promise<void>;
}

/** A process that dispatches agents. */
export interface DispatchServer extends CallsServer {
  readonly features: readonly DispatchFeature[];
  /** Shares of production's callers, by agent name. */
  readonly shares: Map<string, Share>;
  /** Counters of started calls: `limits/limit-starts.ts`. */
  readonly limiters: Map<string, RateLimiterMemory | RateLimiterPostgres>;
  /** Cached minutes of today's calls, by agent. */
  readonly minutes: LRUCache<string, Promise<number>>;
  /** Rooms whose next listener was announced and has not joined. */
  readonly announcedListeners: LRUCache<string, boolean>;
  /** The shared queue in the database: when it last did not respond, in milliseconds since 1970. */
  readonly sharedQueue: { awayAt: number };
}
