// The rollout model: an agent's production callers are moved to another deployment in steps, as long as that is no
// worse than production beyond some limits.
import type { Rollout } from '@/lib/rollouts/answers';

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

/** Percentage of the agent's callers that the deployment gets. */
export function percentOf({
  state,
  steps,
  step,
}: Pick<Rollout, 'state' | 'steps' | 'step'>): number {
  if (state === 'promoting') return 100;
  return state === 'running' ? (steps[step] ?? 0) : 0;
}
