// Lists who waits in the queue now, for all agents.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { waitingCallers } from '@/lib/dispatch/queue/waiting';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => json({ waiting: await waitingCallers(server) }),
});
