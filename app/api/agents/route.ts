// The catalogue of agents, and which of their deployments have a live worker.

import { routes } from '@/app/api/routes';
import { agentsFor } from '@/lib/auth/agents';
import { json } from '@/lib/auth/route';
import { publicAgents } from '@/lib/core/sign-in-mode';
import { currentAgents } from '@/lib/livekit/workers';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (_, { server, visitor }) => {
    const names = visitor.by === 'local' ? [] : publicAgents(server.config);
    return json({ agents: agentsFor(visitor, currentAgents(server), names) });
  },
});
