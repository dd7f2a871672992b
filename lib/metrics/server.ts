// What metrics need of the web process (`lib/server.ts`).
import type { FailoverServer } from '@/lib/failover/server';
import type { Instruments } from '@/lib/metrics/instruments';

/** A process that counts. */
export interface MetricsServer extends FailoverServer {
  readonly metrics: Instruments;
}
