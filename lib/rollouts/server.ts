// What rollouts need of the web process (`lib/server.ts`).
import type { VersionFigures } from '@/lib/calls/view/agent-stats';
import type { DispatchServer } from '@/lib/dispatch/server';

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
      readonly figures: Promise<readonly VersionFigures[]>;
    }
  >;
}
