// An agent into a room that need not be there yet.
import { askedBy } from '@/lib/calls/tell/tell-requests';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { checkedRoom, dispatchRequest } from '@/lib/dispatch/requests';
import { admitAgents } from '@/lib/limits/admit';
import { liveKit } from '@/lib/livekit';
import { parseJson, readBody } from '@/lib/read-json';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

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
