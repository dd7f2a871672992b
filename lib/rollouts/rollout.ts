// The rollout model: an agent's production callers are moved to another deployment in steps, as long as that is no
// worse than production beyond some limits.
import { z } from 'zod';
import { optional } from '@/lib/livekit/json';
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

/** A person's reason. */
export const reasonText = z.string('must be text').trim().max(300, 'may have 300 characters');

/** The body of `POST /api/agents/{name}/rollout`. */
export const rolloutStart = z.strictObject({
  /** Display name; by default the agent's first one other than production. */
  deployment: optional(z.string('must be text').max(63)),
  steps: z
    .array(z.number('must be a number').gt(0, 'must be over 0').max(100, 'must be 100 or less'))
    .min(1, 'must have a step')
    .max(20, 'may have 20 steps')
    .refine((steps) => steps.every((one, at) => at === 0 || one > (steps[at - 1] ?? 0)), {
      error: 'must rise',
    })
    .default([...DEFAULT_STEPS]),
  /** How many more calls of 100 may fail than on production. */
  error_points: z
    .number('must be a number')
    .min(0, 'must be 0 or more')
    .max(100, 'must be 100 or less')
    .default(DEFAULT_LIMITS.errorPoints),
  /** How many milliseconds the median response latency may be above production's. */
  answer_ms: z
    .number('must be a number')
    .min(0, 'must be 0 or more')
    .max(60_000, 'must be 60000 or less')
    .default(DEFAULT_LIMITS.answerMs),
  reason: reasonText.optional(),
});

export type RolloutStart = z.output<typeof rolloutStart>;
/** The same with an override of failed simulations. */
export const rolloutOverride = rolloutStart.extend({ reason: reasonText.min(1, 'must say why') });

/** Percentage of the agent's callers that the deployment gets. */
export function percentOf({
  state,
  steps,
  step,
}: Pick<Rollout, 'state' | 'steps' | 'step'>): number {
  if (state === 'promoting') return 100;
  return state === 'running' ? (steps[step] ?? 0) : 0;
}
