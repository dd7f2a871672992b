// The bodies of requests that start a rollout. The pages need no schema of them.
import { z } from 'zod';
import { optional } from '@/lib/livekit/json';
import { DEFAULT_LIMITS, DEFAULT_STEPS } from '@/lib/rollouts/rollout';

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
