// Invites a colleague to a live call with a link that admits one person, once.

import { invitationRequest } from '@/app/api/rooms/[room]/invitations/schema';
import { routes } from '@/app/api/routes';
import { requireOwnRoom } from '@/lib/auth/own-room';
import { json } from '@/lib/auth/route';
import { pagesOrigin } from '@/lib/core/server-config';
import { invite } from '@/lib/dispatch/invitations';
import { checkedRoom } from '@/lib/dispatch/requests';
import { requireLiveRoom } from '@/lib/dispatch/room-facts';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params, visitor }) => {
    const { takeover } = await readJson(server, request, invitationRequest);
    const room = checkedRoom(params.room ?? '');
    await requireLiveRoom(server.livekit, room);
    await requireOwnRoom(server.livekit, room, visitor);
    const { id, expiresAt } = await invite(server, room, takeover, visitor.account);
    const url = new URL(`/join/${id}`, pagesOrigin(server.config, request.headers)).href;
    return json({ url, expires_at: new Date(expiresAt).toISOString() }, 201);
  },
});
