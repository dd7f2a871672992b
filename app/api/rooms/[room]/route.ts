// The end of a room, for everyone in it.
import { readReason } from '@/lib/dispatch/requests';
import { endRoom } from '@/lib/dispatch/rooms';
import { liveKit } from '@/lib/livekit';
import { routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (request, { room = '' }) => {
    const reason = readReason(request);
    await endRoom(liveKit(serverConfig()), room, reason);
    return new Response(null, { status: 204 });
  },
});
