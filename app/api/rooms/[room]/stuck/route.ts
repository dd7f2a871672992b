// A page reports that the agent of its call does not answer, or asks for another one.

import { stuckReport } from '@/app/api/rooms/[room]/stuck/schema';
import { routes } from '@/app/api/routes';
import { requireOwnRoom } from '@/lib/auth/own-room';
import { json } from '@/lib/auth/route';
import { checkedRoom } from '@/lib/dispatch/requests';
import { reportStuck } from '@/lib/failover/stuck';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params, visitor }) => {
    const report = await readJson(server, request, stuckReport);
    const room = checkedRoom(params.room ?? '');
    await requireOwnRoom(server.livekit, room, visitor);
    return json(await reportStuck(server, room, report));
  },
});
