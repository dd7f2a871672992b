// Has an agent call a telephone number.
import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { checkedAgent } from '@/lib/dispatch/checks';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { askedBy } from '@/lib/dispatch/request-events';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';
import { callOut, checkedNumber } from '@/lib/telephony/call-out';
import { outboundRequest } from './schema';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, _, visitor) => {
    const asked = parseJson(await readBody(request), outboundRequest);
    const to = checkedNumber(asked.to);
    const agent = checkedAgent(asked);
    await admitAgents(request, visitor, [agent.name]);
    const config = serverConfig();
    return json(await callOut(config, liveKit(config), { agent, to, by: askedBy(request) }), 202);
  },
});
