// The routes of Letta in the API's description.
import { z } from 'zod';
import { answer, type Operations } from '@/lib/http/operation';

export const lettaOperations: Operations = {
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
};
