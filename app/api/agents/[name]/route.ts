// Changes an agent that the team has added, or removes it from the list.

import { routes } from '@/app/api/routes';
import { agentChange } from '@/lib/agents/agent';
import { changeAgent, removeAgent } from '@/lib/agents/registry';
import { agentStatus } from '@/lib/agents/status';
import { json } from '@/lib/auth/route';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  PATCH: async (request, { server, params: { name = '' } }) => {
    const changed = await readJson(server, request, agentChange);
    await changeAgent(server, name, changed);
    return json(agentStatus(server, name));
  },
  DELETE: async (_, { server, params: { name = '' } }) => {
    await removeAgent(server, name);
    return new Response(null, { status: 204 });
  },
});
