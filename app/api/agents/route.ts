// The agents and which of their deployments have a live worker; adds one that runs elsewhere.

import { routes } from '@/app/api/routes';
import { newAgent } from '@/lib/agents/agent';
import { addAgent, publicAgents } from '@/lib/agents/registry';
import { agentStatus, currentAgents } from '@/lib/agents/status';
import { agentsFor } from '@/lib/auth/agents';
import { json } from '@/lib/auth/route';
import { parseJson, readBody } from '@/lib/http/read-json';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (_, { server, visitor }) => {
    const names = visitor.by === 'local' ? [] : publicAgents(server);
    return json({ agents: agentsFor(visitor, currentAgents(server), names) });
  },
  POST: async (request, { server }) => {
    const asked = parseJson(await readBody(server, request), newAgent);
    await addAgent(server, asked);
    return json(agentStatus(server, asked.name), 201);
  },
});
