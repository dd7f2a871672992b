// The catalogue of agents, and which of their deployments have a live worker.
import { agentsFor } from '@/lib/auth/agents';
import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { currentAgents } from '@/lib/livekit/workers';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (_request, _, visitor) => {
    const names = visitor.by === 'local' ? [] : publicAgents(serverConfig());
    return json({ agents: agentsFor(visitor, currentAgents(), names) });
  },
});
