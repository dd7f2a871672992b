// The agents that were sent into a room, and one more.
import { askedBy } from '@/lib/calls/tell/tell-requests';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { listDispatches } from '@/lib/dispatch/dispatches';
import { agentRequest } from '@/lib/dispatch/requests';
import { admitAgents } from '@/lib/limits/admit';
import { liveKit } from '@/lib/livekit';
import { parseJson, readBody } from '@/lib/read-json';
import { requireOwnRoom } from '@/lib/rights/own-room';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { room = '' }) => {
    const dispatches = await listDispatches(liveKit(serverConfig()), room);
    return json({ room, dispatches });
  },
  POST: async (request, { room = '' }, visitor) => {
    const asked = parseJson(await readBody(request), agentRequest);
    const agent = checkedAgent(asked);
    await requireOwnRoom(liveKit(serverConfig()), room, visitor, { ...agent, force: asked.force });
    await admitAgents(request, [agent.name]);
    const options = { force: asked.force, by: askedBy(request) };
    const sent = await dispatchAgent(liveKit(serverConfig()), room, agent, options);
    return json(sent.answer, sent.created ? 201 : 200);
  },
});
