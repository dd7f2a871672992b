// Lists live rooms, and creates a room with agents.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { askedBy } from '@/lib/dispatch/request-events';
import { planRoom, roomRequest } from '@/lib/dispatch/requests';
import { createRoom, listRooms } from '@/lib/dispatch/rooms';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => json(await listRooms(server.livekit)),
  POST: async (request, { server, visitor }) => {
    const asked = await readJson(server, request, roomRequest);
    const plan = planRoom(server, asked);
    const agents = plan.agents.map(({ name }) => name);
    await admitAgents(server, request, visitor, agents);
    return json(await createRoom(server, plan, asked.force, askedBy(request)), 201);
  },
});
