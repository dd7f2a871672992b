// Has an agent call a telephone number.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { checkedAgent } from '@/lib/dispatch/checks';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { askedBy } from '@/lib/dispatch/request-events';
import { readJson } from '@/lib/http/read-json';
import { callOut, checkedNumber } from '@/lib/telephony/call-out';
import { outboundRequest } from '@/lib/telephony/operations';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, visitor }) => {
    const asked = await readJson(server, request, outboundRequest);
    const to = checkedNumber(asked.to);
    const agent = checkedAgent(server, asked);
    await admitAgents(server, request, visitor, [agent.name]);
    return json(await callOut(server, { agent, to, by: askedBy(request) }), 202);
  },
});
