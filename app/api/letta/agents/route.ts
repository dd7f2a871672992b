// The Letta server's agents that the visitor may call; none without a server.
import { json, routes } from '@/lib/auth/route';
import { lettaAgent } from '@/lib/core/catalogue';
import { serverConfig } from '@/lib/core/server-config';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { permitAgent } from '@/lib/dispatch/token-plan';
import { lettaListing } from '@/lib/letta/listing';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_request, _, visitor) => {
    permitAgent(lettaAgent.name, visitor, publicAgents(serverConfig()));
    return json(await lettaListing());
  },
});
