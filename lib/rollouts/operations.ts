// The routes of rollouts in the API's description.
import { z } from 'zod';
import { versionFigures } from '@/lib/calls/api-schemas';
import { answer, body, type Operations, time } from '@/lib/http/operation';
import { rolloutOverride, rolloutStart } from '@/lib/rollouts/requests';

const AT = 1_790_000_000_000;

const rollout = z
  .object({
    id: z.string(),
    agent: z.string(),
    deployment: z.string(),
    version: z.string().optional().meta({ description: 'Missing if it is not known.' }),
    production_version: z.string().optional(),
    state: z.enum(['running', 'promoting', 'returned', 'stopped', 'finished']),
    steps: z.array(z.number()).meta({ description: 'Percent of callers.' }),
    step: z.int().meta({ description: 'Index of the current step.' }),
    limits: z.object({ error_points: z.number(), answer_ms: z.number() }),
    overridden: z.string().optional(),
    started_at: time,
    ended_at: time.optional(),
    looks: z.int(),
    looked_at_calls: z.int(),
    finding: z.looseObject({ at: time }).optional(),
    percent: z.number().optional().meta({ description: 'Percent of callers now.' }),
  })
  .meta({ id: 'Rollout' });
const ROLLOUT: z.input<typeof rollout> = {
  ...{ id: 'r-1', agent: 'front-desk', deployment: 'staging', version: '1.5.0', state: 'running' },
  ...{ production_version: '1.4.0', steps: [5, 25, 50, 100], step: 0, started_at: AT },
  ...{ limits: { error_points: 5, answer_ms: 300 }, looks: 0, looked_at_calls: 0 },
};
const rolloutProblems = [
  'unknown-agent',
  'no-rollout',
  'changed-elsewhere',
  'database-unavailable',
] as const;
const startProblems = [
  ...(['unknown-agent', 'unknown-deployment', 'no-live-worker', 'versions-unclear'] as const),
  ...(['rollout-running', 'database-unavailable'] as const),
];
const reason = z.object({
  reason: z.string().optional().meta({ description: 'Shown in the history.' }),
});

export const rolloutOperations: Operations = {
  'GET /api/agents/[name]/rollout': {
    summary: "Show an agent's rollout",
    answers: [
      answer(
        z.object({
          agent: z.string(),
          rollout: rollout.optional(),
          running: z.array(
            z.object({
              deployment: z.string(),
              reports: z.boolean().meta({ description: 'Whether its workers report.' }),
              versions: z.array(z.string()),
              places: z.number(),
            }),
          ),
          simulations: z.array(
            z.looseObject({
              deployment: z.string(),
              state: z.enum(['passed', 'failed', 'missing']),
            }),
          ),
          since: time,
          figures: z.array(z.looseObject(versionFigures)),
          history: z.array(
            z.object({
              id: z.int(),
              at: time,
              action: z.string(),
              by: z.string().optional(),
              deployment: z.string(),
              version: z.string().optional(),
              percent: z.number(),
              reason: z.looseObject({ kind: z.string() }).optional(),
            }),
          ),
        }),
        {
          ...{ agent: 'front-desk', rollout: { ...ROLLOUT, percent: 5 }, since: AT, figures: [] },
          running: [{ deployment: 'production', reports: true, versions: ['1.4.0'], places: 8 }],
          simulations: [{ deployment: 'staging', state: 'passed', held: 3, failed: [] }],
          history: [],
        },
      ),
    ],
    problems: ['unknown-agent', 'database-unavailable'],
  },
  'POST /api/agents/[name]/rollout': {
    summary: 'Start a rollout',
    body: body(rolloutStart, { deployment: 'staging', steps: [5, 25, 50, 100] }),
    answers: [answer(rollout, ROLLOUT, 'The rollout.', 201)],
    problems: [...startProblems, 'simulations-failed'],
  },
  'DELETE /api/agents/[name]/rollout': {
    summary: 'Stop a rollout and return all callers to production',
    query: reason,
    answers: [answer(rollout, { ...ROLLOUT, state: 'stopped', ended_at: AT })],
    problems: rolloutProblems,
  },
  'POST /api/agents/[name]/rollout/next': {
    summary: 'Take the next step of a rollout',
    query: reason.extend({
      to: z.string().optional().meta({ description: 'The percentage of the step that you mean.' }),
    }),
    answers: [answer(rollout, { ...ROLLOUT, step: 1 })],
    problems: [...rolloutProblems, 'no-further-step', 'step-not-checked', 'simulations-failed'],
  },
  'POST /api/agents/[name]/rollout/override': {
    summary: 'Start a rollout although simulations failed',
    body: body(rolloutOverride, { reason: 'The scenario is wrong.', deployment: 'staging' }),
    answers: [
      answer(rollout, { ...ROLLOUT, overridden: 'The scenario is wrong.' }, 'The rollout.', 201),
    ],
    problems: startProblems,
  },
  'POST /api/agents/[name]/rollout/promote': {
    summary: 'Promote a rollout to production',
    query: reason,
    answers: [answer(rollout, { ...ROLLOUT, state: 'promoting' })],
    problems: [...rolloutProblems, 'no-further-step', 'versions-unclear'],
  },
};
