// What failover needs of the web process (`lib/server.ts`).
import type { RulesServer } from '@/lib/rules/server';
import type { Failover } from './failover';

/** A process that replaces lost agents. */
export interface FailoverServer extends RulesServer {
  readonly failover: Failover;
}
