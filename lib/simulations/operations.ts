// The routes of simulations in the API's description.
import { z } from 'zod';
import { simulationReport } from '@/lib/calls/test-calls/report';
import { answer, body, file, type Operations, time } from '@/lib/http/operation';
import { simulationStart } from '@/lib/simulations/simulations';

const AT = 1_790_000_000_000;

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

export const simulationOperations: Operations = {
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
  'GET /api/calls/[id]/simulation': {
    summary: 'Download a call as a scenario for simulations',
    answers: [file('application/json', 'A scenario file.')],
    problems: ['unknown-call'],
  },
};
