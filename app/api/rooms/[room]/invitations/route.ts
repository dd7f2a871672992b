// Invites a colleague to a live call with a link that admits one person, once.
import { requireOwnRoom } from '@/lib/auth/own-room';
import { json, routes } from '@/lib/auth/route';
import { pagesOrigin, serverConfig } from '@/lib/core/server-config';
import { invite } from '@/lib/dispatch/invitations';
import { checkedRoom } from '@/lib/dispatch/requests';
import { requireLiveRoom } from '@/lib/dispatch/room-facts';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';
import { invitationRequest } from './schema';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, params, visitor) => {
    const { takeover } = parseJson(await readBody(request), invitationRequest);
    const room = checkedRoom(params.room ?? '');
    await requireLiveRoom(liveKit(serverConfig()), room);
    await requireOwnRoom(liveKit(serverConfig()), room, visitor);
    const { id, expiresAt } = await invite(room, takeover, visitor.account);
    const url = new URL(`/join/${id}`, pagesOrigin(serverConfig(), request.headers)).href;
    return json({ url, expires_at: new Date(expiresAt).toISOString() }, 201);
  },
});
