// What a roll-out is: an agent's callers on production are given to another deployment in steps, as long as
// that does no worse than production beyond some limits.
import { z } from 'zod';
import type { Finding } from './judge';

/** Shares in percent, when none are asked for. Our own choice: a few callers first, then in haste. */
export const USUAL_STEPS = [5, 25, 50, 100] as const;
/** Limits, when none are asked for. Our own choice: what callers begin to notice. */
export const USUAL_LIMITS = { errorPoints: 5, answerMs: 300 } as const;

const limits = {
  /** How many more of 100 calls may go wrong than on production. */
  error_points: z
    .number('must be a number')
    .min(0, 'must be 0 or more')
    .max(100, 'must be 100 or less')
    .default(USUAL_LIMITS.errorPoints),
  /** How many milliseconds later than on production half of the calls may be answered. */
  answer_ms: z
    .number('must be a number')
    .min(0, 'must be 0 or more')
    .max(60_000, 'must be 60000 or less')
    .default(USUAL_LIMITS.answerMs),
};

/** Why somebody does something, in their words. */
export const reasonText = z.string('must be text').trim().max(300, 'may have 300 characters');

const start = z.strictObject({
  /** Shown name; where it is left out, the agent's first that is not production. */
  deployment: z.string('must be text').min(1, 'must not be empty').max(63).optional(),
  steps: z
    .array(z.number('must be a number').gt(0, 'must be over 0').max(100, 'must be 100 or less'))
    .min(1, 'must have a step')
    .max(20, 'may have 20 steps')
    .refine((steps) => steps.every((one, at) => at === 0 || one > (steps[at - 1] ?? 0)), {
      error: 'must rise',
    })
    .default([...USUAL_STEPS]),
  ...limits,
  reason: reasonText.optional(),
});

/** What starts a roll-out: `POST /api/agents/{name}/rollout`. */
export const rolloutStart = start;
export type RolloutStart = z.output<typeof start>;
/** What starts one although its rehearsals failed. */
export const rolloutOverride = start.extend({ reason: reasonText.min(1, 'must say why') });

/**
 * `running`: callers are given to the deployment. `promoting`: all are, until production's workers run
 * the version. The others are over: by itself, by somebody, or because production runs the version.
 */
export type RolloutState = 'running' | 'promoting' | 'returned' | 'stopped' | 'finished';

/** Beyond what the deployment must not be worse than production. */
interface Limits {
  /** More calls of 100 that went wrong. */
  readonly errorPoints: number;
  /** Milliseconds between the medians of the delays. */
  readonly answerMs: number;
}

/** A roll-out as it is kept. Times are milliseconds since 1970. */
export interface Rollout {
  readonly id: string;
  /** Agent name. */
  readonly agent: string;
  /** Shown name of the deployment that gets callers. */
  readonly deployment: string;
  /** What its workers run, and what production's did when it began. */
  readonly version: string;
  readonly productionVersion: string | undefined;
  readonly state: RolloutState;
  /** Percent of callers, rising. */
  readonly steps: readonly number[];
  /** Which of them it is at, from 0. */
  readonly step: number;
  readonly limits: Limits;
  /** Why it goes on although rehearsals failed; not set where nobody overrode them. */
  readonly overridden: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Looks so far, and how many of the deployment's calls were over at the last one. */
  readonly looks: number;
  readonly lookedAtCalls: number;
  /** What the last look found. */
  readonly finding: Finding | undefined;
}

/** What is done in a roll-out. */
export type RolloutAction =
  | 'started'
  | 'overridden'
  | 'stepped'
  | 'stopped'
  | 'promoted'
  | 'returned'
  | 'finished';

/** Why something was done. Words of it for people: `lib/messages/en-rollout.ts`. */
export type RolloutReason =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'worse'; readonly finding: Finding }
  | { readonly kind: 'rehearsals'; readonly failed: readonly string[] }
  | { readonly kind: 'version'; readonly found: readonly string[] };

/** One line of the history. */
export interface RolloutEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: RolloutAction;
  /** Who did it; undefined where it was done by itself. */
  readonly by: string | undefined;
  readonly deployment: string;
  readonly version: string;
  /** Percent of callers from then on. */
  readonly percent: number;
  readonly reason: RolloutReason | undefined;
}

/** Percent of the agent's callers that the deployment gets. */
export function percentOf({
  state,
  steps,
  step,
}: Pick<Rollout, 'state' | 'steps' | 'step'>): number {
  if (state === 'promoting') return 100;
  return state === 'running' ? (steps[step] ?? 0) : 0;
}
