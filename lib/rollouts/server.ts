// What rollouts need of the web process (`lib/server.ts`).
import type { AgentStats } from '@/lib/calls/view/agent-stats';
import type { DispatchServer } from '@/lib/dispatch/server';

/** Statistics of one version of an agent on one deployment. Calls count for the deployment they were requested from. */
export interface VersionStats extends Omit<AgentStats, 'agent' | 'steps'> {
  /** undefined if no agent joined, or it reported no version. */
  readonly version: string | undefined;
  /** Failed calls: see `hasFailed` in `store/read-calls.ts`. */
  readonly wrong: number;
  /** When its last call was requested, in milliseconds since 1970. */
  readonly lastAt: number;
}

/** A process that rolls agents out. */
export interface RolloutsServer extends DispatchServer {
  /** How many times the active rollouts were read, and which read is in force. */
  readonly rolloutReads: { asked: number; inForce: number };
  /** Cached statistics of each agent's versions. */
  readonly versionStats: Map<
    string,
    {
      readonly at: number;
      readonly since: number;
      readonly figures: Promise<readonly VersionStats[]>;
    }
  >;
}
