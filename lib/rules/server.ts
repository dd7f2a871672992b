// What rules need of the web process (`lib/server.ts`).
import type { DispatchServer } from '@/lib/dispatch/server';
import type { Rule } from './rule';

/** The share of an agent's production callers that a rollout redirects. */
interface RolloutShare {
  /** Seed that selects callers. Constant through all steps, so that redirected callers stay redirected. */
  readonly seed: string;
  /** Display name. */
  readonly deployment: string;
  readonly percent: number;
}

/** A process that applies rules. */
export interface RulesServer extends DispatchServer {
  /** The rules in force: `store.ts` keeps them up to date. */
  readonly rules: {
    inForce: readonly Rule[];
    /** Version of the stored rules that are in force, as an ETag. */
    etag?: string;
    /** How many times they were read, and which read is in force. */
    asked: number;
    read: number;
  };
  /** The shares of active rollouts, by agent name. `lib/rollouts` keeps them up to date. */
  readonly rolloutShares: Map<string, RolloutShare>;
}
