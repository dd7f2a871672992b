// Lists live rooms, and creates a room with agents.

import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { admitAgents } from '@/lib/dispatch/limits/admit';
import { askedBy } from '@/lib/dispatch/request-events';
import { planRoom, roomRequest } from '@/lib/dispatch/requests';
import { createRoom, listRooms } from '@/lib/dispatch/rooms';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => json(await listRooms(liveKit(serverConfig()))),
  POST: async (request, _, visitor) => {
    const asked = parseJson(await readBody(request), roomRequest);
    const plan = planRoom(asked);
    const agents = plan.agents.map(({ name }) => name);
    await admitAgents(request, visitor, agents);
    return json(
      await createRoom(liveKit(serverConfig()), plan, asked.force, askedBy(request)),
      201,
    );
  },
});
