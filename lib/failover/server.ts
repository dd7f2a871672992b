// What failover needs of the web process (`lib/server.ts`).
import type { DispatchServer } from '@/lib/dispatch/server';
import type { Failover } from '@/lib/failover/failover';

/** A process that replaces lost agents. */
export interface FailoverServer extends DispatchServer {
  readonly failover: Failover;
}
