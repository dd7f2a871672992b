// The agents of the Letta server that can be called, for whoever may call them; none where no such server
// is set.
import { lettaAgent } from '@/lib/catalogue';
import { lettaListing } from '@/lib/letta/listing';
import { publicAgents } from '@/lib/rights/mode';
import { permitAgent } from '@/lib/rights/token';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_request, _, visitor) => {
    permitAgent(lettaAgent.name, visitor, publicAgents(serverConfig()));
    return json(await lettaListing());
  },
});
