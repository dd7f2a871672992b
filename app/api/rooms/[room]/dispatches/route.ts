// Lists the dispatches of a room, and adds one.
import { requireOwnRoom } from '@/lib/auth/own-room';
import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { readOverrides } from '@/lib/dispatch/overrides';
import { askedBy } from '@/lib/dispatch/request-events';
import { agentRequest } from '@/lib/dispatch/requests';
import { listDispatches } from '@/lib/dispatch/rooms';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { room = '' }) => {
    const dispatches = await listDispatches(liveKit(serverConfig()), room);
    return json({ room, dispatches });
  },
  POST: async (request, { room = '' }, visitor) => {
    const asked = parseJson(await readBody(request), agentRequest);
    const agent = checkedAgent(asked);
    await requireOwnRoom(liveKit(serverConfig()), room, visitor, {
      deployment: agent.deployment,
      force: asked.force,
      overrides: readOverrides(agent.metadata) !== undefined,
    });
    await admitAgents(request, visitor, [agent.name]);
    const options = { force: asked.force, by: askedBy(request) };
    const sent = await dispatchAgent(liveKit(serverConfig()), room, agent, options);
    return json(sent.answer, sent.created ? 201 : 200);
  },
});
