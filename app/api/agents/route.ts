// The agents and which of their deployments have a live worker; adds one that runs elsewhere.

import { routes } from '@/app/api/routes';
import { newAgent } from '@/lib/agents/agent';
import type { AgentsAnswer } from '@/lib/agents/answers';
import { addAgent, publicAgents } from '@/lib/agents/registry';
import { agentStatus, currentAgents, unlistedAgents } from '@/lib/agents/status';
import { agentsFor } from '@/lib/auth/agents';
import { hasPermission } from '@/lib/auth/permissions';
import { json } from '@/lib/auth/route';
import { readJson } from '@/lib/http/read-json';
import { livekitResponds } from '@/lib/livekit/responds';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, visitor }) => {
    const responds = await livekitResponds(server);
    const names = visitor.by === 'local' ? [] : publicAgents(server);
    return json({
      agents: agentsFor(visitor, currentAgents(server), names),
      ...(hasPermission(visitor, 'dispatch') && { unlisted: unlistedAgents(server) }),
      livekitResponds: responds,
    } satisfies AgentsAnswer);
  },
  POST: async (request, { server }) => {
    const asked = await readJson(server, request, newAgent);
    await addAgent(server, asked);
    return json(agentStatus(server, asked.name), 201);
  },
});
