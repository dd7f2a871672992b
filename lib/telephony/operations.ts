// The routes of the telephone in the API's description.
import { z } from 'zod';
import { agentName } from '@/lib/calls/api-schemas';
import { AGENT_PROBLEMS, answer, body, type Operations } from '@/lib/http/operation';
import { message } from '@/lib/livekit/json';
import { agentFields, OLD_AGENT } from '@/lib/livekit/token-request';

/** Body of `POST /api/calls/outbound`. */
export const outboundRequest = message({ ...agentFields, to: z.string() }, OLD_AGENT);

const AGENT = { agent_name: 'front-desk', deployment: 'production' };

export const telephonyOperations: Operations = {
  'POST /api/calls/outbound': {
    summary: 'Have an agent call a telephone number',
    body: body(outboundRequest, { ...AGENT, to: '+441632960123' }),
    answers: [
      answer(
        z.object({ room: z.string(), ...agentName, deployment: z.string(), to: z.string() }),
        { room: 'phone-4dK2', ...AGENT, agent: 'front-desk', to: '+441632960123' },
        'The number is being dialled.',
        202,
      ),
    ],
    problems: [
      ...AGENT_PROBLEMS,
      ...(['no-live-worker', 'feature-off', 'too-many-calls', 'not-configured'] as const),
    ],
  },
};
