// The catalogue of agents, and which deployments of each have a live worker.
import { json, routes } from '@/lib/route';
import { currentAgents } from '@/lib/workers';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json({ agents: currentAgents() }),
});
