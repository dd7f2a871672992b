// Invites a colleague into a live call: a link that lets one person in, once.
import { z } from 'zod';
import { checkedRoom } from '@/lib/dispatch/requests';
import { requireLiveRoom } from '@/lib/dispatch/room-facts';
import { invite } from '@/lib/invitations';
import { liveKit } from '@/lib/livekit';
import { parseJson, readBody } from '@/lib/read-json';
import { requireOwnRoom } from '@/lib/rights/own-room';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';
import { TAKEOVER } from '@/lib/signals';

const asked = z.strictObject({ takeover: z.enum(TAKEOVER) });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, params, visitor) => {
    const { takeover } = parseJson(await readBody(request), asked);
    const room = checkedRoom(params.room ?? '');
    await requireLiveRoom(liveKit(serverConfig()), room);
    await requireOwnRoom(liveKit(serverConfig()), room, visitor);
    const { id, expiresAt } = await invite(room, takeover);
    // As the browser knows this server: behind a proxy the request's own address is another.
    const origin = request.headers.get('origin') ?? new URL(request.url).origin;
    const url = new URL(`/join/${id}`, origin).href;
    return json({ url, expires_at: new Date(expiresAt).toISOString() }, 201);
  },
});
