// What insights need of the web process (`lib/server.ts`).
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AgentsServer } from '@/lib/agents/server';
import type { CallsServer } from '@/lib/calls/server';
import type { OtlpMessage } from '@/lib/insights/otlp';
import type { Spool } from '@/lib/insights/spool';
import type { Forwarding } from '@/lib/tracing/forward';

/** A process that receives what agents upload about their sessions. */
export interface InsightsServer extends CallsServer, AgentsServer {
  readonly uploads: {
    /** What was received and is not stored yet. */
    readonly spool: Spool;
    /** Requests by room. */
    readonly limiter: RateLimiterMemory;
    /** The team's collector, if one is configured. */
    forwarding?: Forwarding<OtlpMessage>;
    /** Number of recordings that are being received. */
    recordings: number;
  };
}
