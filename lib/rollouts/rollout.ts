// The rollout model: an agent's production callers are moved to another deployment in steps, as long as that is no
// worse than production beyond some limits.
import type { Finding } from '@/lib/rollouts/judge';

/** Default steps in percent. Our own choice: a few callers first, then quickly more. */
export const DEFAULT_STEPS = [5, 25, 50, 100] as const;
/** Default limits. Our own choice: what callers begin to notice. */
export const DEFAULT_LIMITS = { errorPoints: 5, answerMs: 300 } as const;

/**
 * What is possible without the permission to change the rules, which decides for all callers. Our own choice: a bad version
 * reaches a tenth of the callers before it is checked, and half of them after that. The default steps fit, except for the
 * last one.
 */
export const GUARDED = {
  /** Most callers of the first step, in percent. */
  firstPercent: 10,
  /** How many times more callers each further step may have. */
  rise: 5,
  /** Most callers of any step, in percent. */
  percent: 50,
} as const;

/**
 * `running`: the deployment gets a share of callers. `promoting`: it gets all until production's workers run the version.
 * The others have ended: rolled back, stopped by a person, or because production runs the version.
 */
export type RolloutState = 'running' | 'promoting' | 'returned' | 'stopped' | 'finished';

/** A stored rollout. Times are in milliseconds since 1970. */
export interface Rollout {
  readonly id: string;
  /** Agent name. */
  readonly agent: string;
  /** The deployment that gets callers, as shown. */
  readonly deployment: string;
  /** The version of its workers, and production's at the start. Of workers that do not report, that of a call, if known. */
  readonly version: string | undefined;
  readonly productionVersion: string | undefined;
  readonly state: RolloutState;
  /** Percent of callers, rising. */
  readonly steps: readonly number[];
  /** Index of the current step, from 0. */
  readonly step: number;
  /** Beyond these it is worse than production: more failed calls of 100, and a median latency longer by milliseconds. */
  readonly limits: { readonly errorPoints: number; readonly answerMs: number };
  /** Why it runs although simulations failed; undefined without an override. */
  readonly overridden: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Checks so far, and how many of the deployment's calls had ended at the last one. */
  readonly looks: number;
  readonly lookedAtCalls: number;
  /** The result of the last check. */
  readonly finding: Finding | undefined;
}

/** Actions in a rollout. */
export type RolloutAction =
  | 'started'
  | 'overridden'
  | 'stepped'
  | 'stopped'
  | 'promoted'
  | 'returned'
  | 'finished';

/** Why something was done. In words: `lib/rollouts/words.ts`. */
export type RolloutReason =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'worse'; readonly finding: Finding }
  | { readonly kind: 'simulations'; readonly failed: readonly string[] }
  | { readonly kind: 'version'; readonly found: readonly string[] };

/** An entry of the history. */
export interface RolloutEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: RolloutAction;
  /** The person; undefined for automatic actions. */
  readonly by: string | undefined;
  readonly deployment: string;
  readonly version: string | undefined;
  /** Percentage of callers from then on. */
  readonly percent: number;
  readonly reason: RolloutReason | undefined;
}

/** Percentage of the agent's callers that the deployment gets. */
export function percentOf({
  state,
  steps,
  step,
}: Pick<Rollout, 'state' | 'steps' | 'step'>): number {
  if (state === 'promoting') return 100;
  return state === 'running' ? (steps[step] ?? 0) : 0;
}
