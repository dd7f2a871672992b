// Dispatches an agent to a room, which is created if necessary.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { checkedAgent } from '@/lib/dispatch/checks';
import { dispatchAgent } from '@/lib/dispatch/dispatch-agent';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { askedBy } from '@/lib/dispatch/request-events';
import { checkedRoom, dispatchRequest } from '@/lib/dispatch/requests';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, visitor }) => {
    const asked = await readJson(server, request, dispatchRequest);
    const room = checkedRoom(asked.room);
    const agent = checkedAgent(server, asked);
    await admitAgents(server, request, visitor, [agent.name]);
    const options = { force: asked.force, open: true, by: askedBy(request) };
    const sent = await dispatchAgent(server, room, agent, options);
    return json(sent.answer, sent.created ? 201 : 200);
  },
});
