// Agents in the API's description.
import { z } from 'zod';
import { agentChange, newAgent } from '@/lib/agents/agent';
import { AGENT_SOURCES } from '@/lib/agents/answers';
import { ENDS, ends, MEASURES, measures, versionFigures } from '@/lib/calls/api-schemas';
import { WINDOWS } from '@/lib/calls/view/agent-stats';
import { CAUSES } from '@/lib/core/failure-cause';
import { runs } from '@/lib/core/runs-on';
import { answer, body, empty, type Operations, time } from '@/lib/http/operation';

const AT = 1_790_000_000_000;

const agent = z
  .object({
    name: z.string(),
    title: z.string().meta({ description: 'Its name on pages.' }),
    person: z.string().meta({ deprecated: true, description: 'The name of `title` before 0.2.' }),
    role: z.string(),
    summary: z.string(),
    source: z.enum(AGENT_SOURCES).meta({
      description:
        'Where it is declared: in a file of `agent/agents/`, by the team, or by the Letta server.',
    }),
    public: z.boolean(),
    replace_stuck: z.boolean().optional(),
    deployments: z.array(
      z.object({
        name: z.string(),
        live: z.boolean().meta({ description: 'Whether a worker can take a call now.' }),
        reports: z.boolean().meta({
          description:
            'Whether its workers report. If they do not, it is unknown whether the deployment is live.',
        }),
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

const AGENT = {
  ...{ name: 'my-agent', title: 'Pia', person: 'Pia', role: '', summary: 'Answers questions.' },
  ...{ source: 'team', public: false, replace_stuck: true },
  deployments: [
    {
      ...{ name: 'staging', live: false, reports: false, workers: 0, activeJobs: 0, maxJobs: 0 },
      ...{ runs: [], failing: [], workerDetails: [] },
    },
  ],
};

const listing = z.object({
  agents: z.array(agent),
  unlisted: z.array(z.object({ name: z.string(), deployments: z.array(z.string()) })).optional(),
  livekitResponds: z.boolean().meta({
    description:
      'Whether LiveKit responds. While it does not, it is unknown which agents can be called.',
  }),
});

export const agentOperations: Operations = {
  'GET /api/agents': {
    summary: 'List agents with the state of their deployments',
    description:
      'Anonymous visitors see public agents, callers see production. `unlisted` has the agents whose workers report and that ' +
      'are not in the list, for developers.',
    answers: [
      answer(listing, {
        agents: [AGENT],
        unlisted: [{ name: 'their-agent', deployments: ['staging'] }],
        livekitResponds: true,
      }),
    ],
  },
  'POST /api/agents': {
    summary: 'Add an agent that runs elsewhere',
    description:
      'It can be called at once. Its worker registers `name` at the same LiveKit server.',
    body: body(newAgent, {
      ...{ name: 'my-agent', title: 'Pia', summary: 'Answers questions.' },
      deployments: [{ name: 'staging' }],
    }),
    answers: [answer(agent, AGENT, 'It was added.', 201)],
    problems: ['agent-exists', 'out-of-bounds'],
  },
  'PATCH /api/agents/[name]': {
    summary: 'Change an agent that was added',
    body: body(agentChange, { deployments: [{ name: 'production' }, { name: 'staging' }] }),
    answers: [answer(agent, AGENT)],
    problems: ['unlisted-agent', 'agent-in-code'],
  },
  'DELETE /api/agents/[name]': {
    summary: 'Remove an agent that was added',
    description: 'Its calls are kept.',
    answers: [empty('It was removed.')],
    problems: ['unlisted-agent', 'agent-in-code'],
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
              versions: z.array(z.object(versionFigures)).meta({
                description: 'The latest versions, newest first; empty if all calls have the same.',
              }),
              steps: z.array(z.object({ at: time, ...measures })),
            }),
          ),
        }),
        {
          ...{ window: 'day', since: AT, until: AT + 86_400_000, step_ms: 3_600_000 },
          agents: [
            {
              ...{ agent: 'front-desk', ...ENDS, ...MEASURES, versions: [] },
              steps: [{ at: AT, ...MEASURES }],
            },
          ],
        },
      ),
    ],
  },
};
