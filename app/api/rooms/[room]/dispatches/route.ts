// Lists the dispatches of a room, and adds one.

import { routes } from '@/app/api/routes';
import { requireOwnRoom } from '@/lib/auth/own-room';
import { json } from '@/lib/auth/route';
import type { DispatchesAnswer } from '@/lib/dispatch/answers';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { readOverrides } from '@/lib/dispatch/overrides';
import { askedBy } from '@/lib/dispatch/request-events';
import { agentRequest } from '@/lib/dispatch/requests';
import { listDispatches } from '@/lib/dispatch/rooms';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { room = '' } }) => {
    const dispatches = await listDispatches(server.livekit, room);
    return json({ room, dispatches } satisfies DispatchesAnswer);
  },
  POST: async (request, { server, params: { room = '' }, visitor }) => {
    const asked = await readJson(server, request, agentRequest);
    const agent = checkedAgent(server, asked);
    await requireOwnRoom(server.livekit, room, visitor, {
      deployment: agent.deployment,
      force: asked.force,
      overrides: readOverrides(agent.metadata) !== undefined,
    });
    await admitAgents(server, request, visitor, [agent.name]);
    const options = { force: asked.force, by: askedBy(request) };
    const sent = await dispatchAgent(server, room, agent, options);
    return json(sent.answer, sent.created ? 201 : 200);
  },
});
