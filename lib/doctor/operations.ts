// The routes of the doctor in the API's description.
import { z } from 'zod';
import { ADMISSION } from '@/lib/calls/api-schemas';
import { report } from '@/lib/core/finding';
import { answer, type Operations } from '@/lib/http/operation';
import { admission } from '@/lib/livekit/admission';

export const doctorOperations: Operations = {
  'GET /api/doctor': {
    summary: 'Examine the installation',
    description:
      'Makes test calls, which takes seconds. With `Accept: application/x-ndjson`, findings come as they are known.',
    query: z.object({
      room: z
        .string()
        .optional()
        .meta({ description: 'Diagnose a room without an agent instead.' }),
      agent: z.string().optional().meta({ description: 'Make test calls to this agent only.' }),
      deployment: z
        .string()
        .optional()
        .meta({ description: 'With `agent`: on this deployment only.' }),
      production: z
        .string()
        .optional()
        .meta({ description: 'Show the production checklist instead.' }),
    }),
    answers: [
      answer(report, {
        ...{ state: 'ok', at: '2026-11-27T10:00:00.000Z', ms: 2_300 },
        findings: [
          {
            ...{ id: 'livekit', title: 'LiveKit', state: 'ok', seen: 'It answered in 4 ms.' },
            ...{ matters: 'All calls need it.', todo: '' },
          },
        ],
      }),
    ],
    problems: ['too-many-streams', 'unknown-agent', 'unknown-deployment', 'invalid-deployment'],
  },
  'POST /api/doctor/connection': {
    summary: "A token for the browser's connection check",
    answers: [answer(admission, ADMISSION, 'A token for a temporary room.', 201)],
  },
};
