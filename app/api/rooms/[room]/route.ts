// Ends a room for everyone.

import { routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { readReason } from '@/lib/dispatch/requests';
import { endRoom } from '@/lib/dispatch/rooms';
import { liveKit } from '@/lib/livekit/clients';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (request, { room = '' }) => {
    const reason = readReason(request);
    await endRoom(liveKit(serverConfig()), room, reason);
    return new Response(null, { status: 204 });
  },
});
