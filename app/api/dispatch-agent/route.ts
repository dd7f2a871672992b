// Dispatches an agent to a room, which is created if necessary.

import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { askedBy } from '@/lib/dispatch/request-events';
import { checkedRoom, dispatchRequest } from '@/lib/dispatch/requests';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, _, visitor) => {
    const asked = parseJson(await readBody(request), dispatchRequest);
    const room = checkedRoom(asked.room);
    const agent = checkedAgent(asked);
    await admitAgents(request, visitor, [agent.name]);
    const options = { force: asked.force, open: true, by: askedBy(request) };
    const sent = await dispatchAgent(liveKit(serverConfig()), room, agent, options);
    return json(sent.answer, sent.created ? 201 : 200);
  },
});
