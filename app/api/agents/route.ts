// The catalogue of agents, and which deployments of each have a live worker.
import { agentsFor } from '@/lib/rights/agents';
import { publicAgents } from '@/lib/rights/mode';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';
import { currentAgents } from '@/lib/workers';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (_request, _, visitor) => {
    const names = visitor.by === 'local' ? [] : publicAgents(serverConfig());
    return json({ agents: agentsFor(visitor, currentAgents(), names) });
  },
});
