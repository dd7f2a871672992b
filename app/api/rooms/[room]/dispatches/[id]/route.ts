// Shows a dispatch of a room, and deletes it, which removes its agent.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { removeDispatch } from '@/lib/dispatch/remove-dispatch';
import { showDispatch } from '@/lib/dispatch/rooms';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { room = '', id = '' } }) =>
    json(await showDispatch(server.livekit, room, id)),
  DELETE: async (_, { server, params: { room = '', id = '' } }) => {
    await removeDispatch(server, room, id);
    return new Response(null, { status: 204 });
  },
});
