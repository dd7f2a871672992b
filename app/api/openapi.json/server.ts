// The server itself in the API's description: health, metrics, and what LiveKit and workers send.
import { z } from 'zod';
import { agentDeployments, agentQuery } from '@/lib/agents/agent';
import { eventBatch } from '@/lib/calls/event';
import { livenessSource } from '@/lib/failover/liveness';
import { answer, body, empty, file, type Operations } from '@/lib/http/operation';
import { KINDS, type SignedKind } from '@/lib/livekit/worker-auth';
import { workerReports } from '@/lib/livekit/worker-report';

const AT = 1_790_000_000_000;
const signed = (kind: SignedKind) =>
  `For workers. The token is a JWT signed with the LiveKit secret (HS256), with \`iss\`: the LiveKit key, \`exp\`, ` +
  `\`kind\`: \`${KINDS[kind]}\`, \`sha256\`: the SHA-256 of the body in Base64. See [Worker reports](worker-reports.md).`;

export const serverOperations: Operations = {
  'GET /api/health': {
    summary: 'Check that the web process responds',
    answers: [
      answer(z.object({ status: z.literal('ok'), version: z.string() }), {
        status: 'ok',
        version: '0.2.0',
      }),
    ],
  },
  'GET /api/openapi.json': {
    summary: 'This description',
    answers: [answer(z.looseObject({ openapi: z.string() }), { openapi: '3.1.0' }, 'OpenAPI 3.1.')],
  },
  'GET /api/metrics': {
    summary: 'Metrics for Prometheus',
    answers: [file('text/plain', "Prometheus' text format.")],
  },
  'POST /api/webhooks/livekit': {
    summary: "LiveKit's webhooks",
    description: 'For LiveKit: the body is `application/webhook+json`, signed by the server.',
    answers: [empty('Accepted.', 200)],
  },
  'POST /api/workers/agents': {
    summary: 'Deployments of an agent in the list',
    description: signed('agents'),
    body: body(agentQuery, { agent: 'my-agent' }),
    answers: [
      answer(
        agentDeployments,
        { deployments: ['production', 'staging'] },
        'None if it is in no list.',
      ),
    ],
  },
  'POST /api/workers/events': {
    summary: 'Events of a worker',
    description: signed('events'),
    body: body(eventBatch, {
      worker: 'w-1',
      sentAt: AT,
      events: [
        {
          ...{ id: 'w-1-1', source: 'worker:w-1', at: AT },
          ...{ room: 'lobby', call: 'c-8xJ2mQ' },
          what: { kind: 'person_left', identity: 'ann-1', why: 'left' },
        },
      ],
    }),
    answers: [empty('Stored.')],
  },
  'POST /api/workers/lifeline': {
    summary: 'Liveness connection of a worker process',
    description: signed('lifeline'),
    body: body(livenessSource, { worker: 'w-1', job: { room: 'lobby', identity: 'agent-AJ_1' } }),
    answers: [file('text/plain', 'Stays open as long as the process lives.')],
  },
  'POST /api/workers/reports': {
    summary: 'State and capacity of workers',
    description: signed('report'),
    body: body(workerReports, [
      {
        ...{ worker: 'w-1', agent: 'front-desk', deployment: 'staging', state: 'live', maxJobs: 8 },
        jobs: [{ room: 'lobby', identity: 'agent-AJ_1' }],
      },
    ]),
    answers: [empty()],
  },
};
