// Shows a dispatch of a room, and deletes it, which removes its agent.
import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { removeDispatch, showDispatch } from '@/lib/dispatch/rooms';
import { liveKit } from '@/lib/livekit/clients';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { room = '', id = '' }) =>
    json(await showDispatch(liveKit(serverConfig()), room, id)),
  DELETE: async (_, { room = '', id = '' }) => {
    await removeDispatch(liveKit(serverConfig()), room, id);
    return new Response(null, { status: 204 });
  },
});
