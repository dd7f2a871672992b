// The Letta server's agents that the visitor may call; none without a server.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { lettaAgent } from '@/lib/core/catalogue';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { permitAgent } from '@/lib/dispatch/token-plan';
import { lettaListing } from '@/lib/letta/listing';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, visitor }) => {
    permitAgent(lettaAgent.name, visitor, publicAgents(server.config));
    return json(await lettaListing(server));
  },
});
