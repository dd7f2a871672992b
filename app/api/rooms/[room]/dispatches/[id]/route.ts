// One dispatch of a room: how it is, and its end, with which its agent leaves.

import { json, routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { removeDispatch, showDispatch } from '@/lib/dispatch/dispatches';
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
