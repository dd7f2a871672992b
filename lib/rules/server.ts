// What rules need of the web process (`lib/server.ts`).
import type { DispatchServer } from '@/lib/dispatch/server';
import type { RulesFault } from './parse-rules';
import type { Rule } from './rule';

/** The state of the rules. */
export interface LoadedRules {
  /** The rules in force: the file's, or the last valid ones. */
  readonly rules: readonly Rule[];
  /** Version of the file's text as an ETag. */
  readonly etag: string;
  /** Current faults of the file. */
  readonly faults: readonly RulesFault[];
  /** Its schema's address, as written in the file. */
  readonly $schema?: string;
  /** Detects changes: inode, time and size. */
  readonly stamp: string;
}

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
  /** The rules of each file, by its path. */
  readonly rulesFiles: Map<string, LoadedRules>;
  /** The rules that all web processes share. */
  readonly sharedRules: { rules?: LoadedRules };
  /** The shares of active rollouts, by agent name. `lib/rollouts` keeps them up to date. */
  readonly rolloutShares: Map<string, RolloutShare>;
}
