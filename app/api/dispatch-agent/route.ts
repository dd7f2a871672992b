// An agent into a room that need not be there yet.

import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { checkedRoom, dispatchRequest } from '@/lib/dispatch/requests';
import { askedBy } from '@/lib/dispatch/tell-requests';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const asked = parseJson(await readBody(request), dispatchRequest);
    const room = checkedRoom(asked.room);
    const agent = checkedAgent(asked);
    await admitAgents(request, [agent.name]);
    const options = { force: asked.force, open: true, by: askedBy(request) };
    const sent = await dispatchAgent(liveKit(serverConfig()), room, agent, options);
    return json(sent.answer, sent.created ? 201 : 200);
  },
});
