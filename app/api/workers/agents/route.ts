// Tells a worker on which deployments it can hand a caller off to an agent that it does not serve itself.

import { routes } from '@/app/api/routes';
import { readSignedBody } from '@/app/api/workers/signed-body';
import { agentQuery } from '@/lib/agents/agent';
import { listedAgent } from '@/lib/agents/registry';
import { json } from '@/lib/auth/route';
import { parseJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server }) => {
    const body = await readSignedBody(server, 'agents', request);
    const { agent } = parseJson(body, agentQuery, { anyText: true });
    return json({ deployments: listedAgent(server, agent)?.deployments ?? [] });
  },
});
