// The live rooms, and a new one with agents in it.
import { askedBy } from '@/lib/calls/tell/tell-requests';
import { planRoom, roomRequest } from '@/lib/dispatch/requests';
import { createRoom, listRooms } from '@/lib/dispatch/rooms';
import { admitAgents } from '@/lib/limits/admit';
import { liveKit } from '@/lib/livekit';
import { parseJson, readBody } from '@/lib/read-json';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => json(await listRooms(liveKit(serverConfig()))),
  POST: async (request) => {
    const asked = parseJson(await readBody(request), roomRequest);
    const plan = planRoom(asked);
    const agents = plan.agents.map(({ name }) => name);
    await admitAgents(request, agents);
    return json(
      await createRoom(liveKit(serverConfig()), plan, asked.force, askedBy(request)),
      201,
    );
  },
});
