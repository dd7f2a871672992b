// An agent calls a telephone number.
import { z } from 'zod';
import { askedBy } from '@/lib/calls/tell/tell-requests';
import { checkedAgent } from '@/lib/dispatch/checks';
import { admitAgents } from '@/lib/limits/admit';
import { liveKit } from '@/lib/livekit';
import { message, text } from '@/lib/livekit-json';
import { parseJson, readBody } from '@/lib/read-json';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';
import { callOut } from '@/lib/telephone/call-out';
import { checkedNumber } from '@/lib/telephone/number';

const outboundRequest = message({ agent: text, deployment: text, metadata: text, to: z.string() });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const asked = parseJson(await readBody(request), outboundRequest);
    const to = checkedNumber(asked.to);
    const agent = checkedAgent(asked);
    await admitAgents(request, [agent.name]);
    const config = serverConfig();
    return json(await callOut(config, liveKit(config), { agent, to, by: askedBy(request) }), 202);
  },
});
