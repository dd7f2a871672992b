// The Letta server's agents that the visitor may call; none without a server.
import { routes } from '@/app/api/routes';
import { LETTA_NAME, publicAgents } from '@/lib/agents/registry';
import { json } from '@/lib/auth/route';
import { permitAgent } from '@/lib/dispatch/token-plan';
import { lettaListing } from '@/lib/letta/listing';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, visitor }) => {
    permitAgent(LETTA_NAME, visitor, publicAgents(server));
    return json(await lettaListing(server));
  },
});
