// What is known of LiveKit and its workers in the web process (`lib/server.ts`).
import type { LRUCache } from 'lru-cache';
import type { Config } from '@/lib/core/config';
import type { Cause } from '@/lib/core/failure-cause';
import type { LiveKit } from '@/lib/livekit/clients';
import type { WorkerReport } from '@/lib/livekit/worker-report';

/** A report and when it arrived (milliseconds since 1970). */
export interface Reported {
  readonly report: WorkerReport;
  readonly at: number;
}

/** A process that uses a LiveKit server, and to which workers report. */
export interface ReportServer {
  readonly config: Config;
  readonly livekit: LiveKit;
  /** When LiveKit last responded, in milliseconds since 1970, and the request that is waiting for a response. */
  readonly livekitSeen: { at: number; asking?: Promise<void> | undefined };
  /** The latest reports of all recently seen workers. */
  readonly workers: {
    reported: readonly Reported[];
    /** The deployments whose workers report, or have reported: `workers.ts`. */
    readonly everReported: LRUCache<string, true>;
  };
  /** Why models do not answer, by name. */
  readonly modelFailures: LRUCache<string, Cause>;
}
