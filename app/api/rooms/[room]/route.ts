// Ends a room for everyone.

import { routes } from '@/app/api/routes';
import { readReason } from '@/lib/dispatch/requests';
import { endRoom } from '@/lib/dispatch/rooms';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (request, { server, params: { room = '' } }) => {
    const reason = readReason(request);
    await endRoom(server, room, reason);
    return new Response(null, { status: 204 });
  },
});
