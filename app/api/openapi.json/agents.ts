// Agents, rules, rollouts and simulations in the API's description.
import { z } from 'zod';
import { simulationReport } from '@/lib/calls/test-calls/result';
import { WINDOWS } from '@/lib/calls/view/agent-stats';
import { CAUSES } from '@/lib/core/failure-cause';
import { runs } from '@/lib/core/runs-on';
import { rolloutOverride, rolloutStart } from '@/lib/rollouts/rollout';
import { rulesDocument } from '@/lib/rules/rule';
import { simulationStart } from '@/lib/simulations/simulations';
import { answer, body, type Operations } from './operation';
import { ends, MEASURES, measures, time } from './schemas';

const AT = 1_790_000_000_000;

const agent = z
  .object({
    name: z.string(),
    person: z.string(),
    role: z.string(),
    summary: z.string(),
    deployments: z.array(
      z.object({
        name: z.string(),
        live: z.boolean().meta({ description: 'Whether a worker can take a call now.' }),
        workers: z.int(),
        activeJobs: z.int(),
        maxJobs: z.int(),
        problem: z.string().optional(),
        runs: z.array(runs),
        failing: z
          .array(z.object({ name: z.string(), cause: z.enum(CAUSES) }))
          .meta({ description: 'Models, speech services and tools that do not answer.' }),
        workerDetails: z.array(z.looseObject({ worker: z.string(), version: z.string() })),
      }),
    ),
  })
  .meta({ id: 'Agent' });

const rollout = z
  .object({
    id: z.string(),
    agent: z.string(),
    deployment: z.string(),
    version: z.string(),
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

const RULE = {
  ...{ name: 'Night', enabled: true, when: 'room_started', if: { room: 'night-*' } },
  // biome-ignore lint/suspicious/noThenProperty: a field of rules
  then: { agent: 'front-desk', deployment: 'production', metadata: '' },
} as const;
const rules = rulesDocument.meta({ id: 'Rules' });
const RULES = {
  ...{ $schema: 'http://localhost:3000/api/rules/schema', etag: '"3c1f…"', rules: [RULE] },
};

const session = { id: z.string(), by: z.string(), runs: z.int() };
const simulationRun = z.looseObject({
  id: z.string(),
  session: z.string(),
  scenario: z.string(),
  agent: z.string(),
  deployment: z.string(),
  state: z.enum(['running', 'passed', 'failed', 'stopped']),
  started_at: time,
});
const RUN = {
  ...{ id: 'run-1', session: 's-1', scenario: 'opening-hours', title: 'Opening hours', number: 1 },
  ...{ agent: 'front-desk', deployment: 'staging', state: 'passed', started_at: AT },
  ...{ lines: [], misses: [] },
} as const;

export const agentOperations: Operations = {
  'GET /api/agents': {
    summary: 'List agents with the state of their deployments',
    description: 'Anonymous visitors see public agents, callers see production.',
    answers: [
      answer(z.object({ agents: z.array(agent) }), {
        agents: [
          {
            ...{
              name: 'front-desk',
              person: 'Ada',
              role: 'Front desk',
              summary: 'Makes appointments.',
            },
            deployments: [
              {
                ...{ name: 'production', live: true, workers: 1, activeJobs: 0, maxJobs: 8 },
                ...{ runs: [], failing: [], workerDetails: [] },
              },
            ],
          },
        ],
      }),
    ],
  },
  'GET /api/agents/stats': {
    summary: 'Show statistics of each agent and deployment',
    query: z.object({ window: z.enum(WINDOWS).optional() }),
    answers: [
      answer(
        z.object({
          window: z.enum(WINDOWS),
          since: time,
          until: time,
          step_ms: z.number(),
          agents: z.array(
            z.object({
              agent: z.string(),
              ...ends,
              ...measures,
              steps: z.array(z.object({ at: time, ...measures })),
            }),
          ),
        }),
        {
          ...{ window: 'day', since: AT, until: AT + 86_400_000, step_ms: 3_600_000 },
          agents: [
            {
              ...{ agent: 'front-desk', deployment: 'production', errors: 0, ...MEASURES },
              ...{ ended_by: { caller: 3 }, outcomes: { appointment: 3 } },
              steps: [{ at: AT, ...MEASURES }],
            },
          ],
        },
      ),
    ],
  },
  'GET /api/letta/agents': {
    summary: "List the Letta server's agents",
    answers: [
      answer(
        z.object({
          agents: z.array(z.object({ id: z.string(), name: z.string(), summary: z.string() })),
          problem: z.string().optional(),
        }),
        { agents: [{ id: 'agent-1', name: 'Grace', summary: 'Knows the house.' }] },
      ),
    ],
    problems: ['sign-in-needed'],
  },
  'GET /api/agents/[name]/rollout': {
    summary: "Show an agent's rollout",
    answers: [
      answer(
        z.object({
          agent: z.string(),
          rollout: rollout.optional(),
          running: z.array(
            z.object({ deployment: z.string(), versions: z.array(z.string()), places: z.number() }),
          ),
          simulations: z.array(
            z.looseObject({
              deployment: z.string(),
              state: z.enum(['passed', 'failed', 'missing']),
            }),
          ),
          since: time,
          figures: z.array(z.looseObject({ deployment: z.string(), wrong: z.int() })),
          history: z.array(
            z.object({
              id: z.int(),
              at: time,
              action: z.string(),
              by: z.string().optional(),
              deployment: z.string(),
              version: z.string(),
              percent: z.number(),
              reason: z.looseObject({ kind: z.string() }).optional(),
            }),
          ),
        }),
        {
          ...{ agent: 'front-desk', rollout: { ...ROLLOUT, percent: 5 }, since: AT, figures: [] },
          running: [{ deployment: 'production', versions: ['1.4.0'], places: 8 }],
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
  'GET /api/rules': {
    summary: 'Show all rules',
    answers: [answer(rules, RULES, 'The rules. `ETag` has their version.')],
    problems: ['database-unavailable'],
  },
  'PUT /api/rules': {
    summary: 'Replace all rules',
    description: 'The body may be what `GET` returned, edited.',
    body: body(rules, { rules: [RULE] }),
    headers: { 'If-Match': 'The version that you have: the ETag of the last response.' },
    answers: [answer(rules, RULES)],
    problems: ['no-version', 'changed-elsewhere', 'database-unavailable'],
  },
  'GET /api/rules/schema': {
    summary: 'The JSON schema of rules',
    answers: [
      answer(
        z.looseObject({ $schema: z.string() }),
        { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Callboard rules' },
        'A JSON schema, for editors.',
      ),
    ],
  },
  'GET /api/simulations': {
    summary: 'List scenarios and results',
    answers: [
      answer(
        z.object({
          simulations: z.array(
            z.object({
              name: z.string(),
              title: z.string(),
              group: z.string().optional(),
              agent: z.string(),
            }),
          ),
          fault: z.string().optional(),
          live: z
            .object({
              ...session,
              started_at: time,
              ended_at: time.optional(),
              stopping: z.boolean(),
            })
            .optional(),
          runs: z.array(simulationRun),
        }),
        {
          simulations: [{ name: 'opening-hours', title: 'Opening hours', agent: 'front-desk' }],
          runs: [RUN],
        },
      ),
    ],
    problems: ['database-unavailable'],
  },
  'POST /api/simulations': {
    summary: 'Start simulations',
    body: body(simulationStart, {
      ...{ names: ['opening-hours'], deployments: ['staging'], times: 1, at_once: 1 },
    }),
    answers: [
      answer(z.object({ session: z.string() }), { session: 's-1' }, 'They have started.', 202),
    ],
    problems: [
      'simulations-running',
      'unknown-simulation',
      'database-unavailable',
      'not-configured',
    ],
  },
  'POST /api/simulations/reports': {
    summary: 'Report progress of simulations',
    description: 'For the simulations program.',
    body: body(simulationReport, {
      session: { id: 's-1', by: 'command line', started_at: AT, runs: 1 },
      runs: [{ ...RUN, session: undefined }],
    }),
    answers: [answer(z.object({ stop: z.boolean() }), { stop: false }, 'Whether it must stop.')],
    problems: ['database-unavailable'],
  },
  'DELETE /api/simulations/sessions/[id]': {
    summary: 'Stop running simulations',
    answers: [
      answer(z.object({ stopping: z.boolean() }), { stopping: true }, 'They are stopping.', 202),
    ],
    problems: ['no-simulations', 'database-unavailable'],
  },
};
