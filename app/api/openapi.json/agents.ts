// Agents in the API's description.
import { z } from 'zod';
import { ends, MEASURES, measures } from '@/lib/calls/api-schemas';
import { WINDOWS } from '@/lib/calls/view/agent-stats';
import { CAUSES } from '@/lib/core/failure-cause';
import { runs } from '@/lib/core/runs-on';
import { answer, type Operations, time } from '@/lib/http/operation';

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
};
