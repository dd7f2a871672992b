// Shows an invitation without using it, and redeems it once for a token.
import { z } from 'zod';
import { json, routes } from '@/lib/auth/route';
import { browserUrl, serverConfig } from '@/lib/core/server-config';
import { admitColleague, readInvitation, redeem } from '@/lib/dispatch/invitations';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';

const asked = z.strictObject({ name: z.string() });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_request, params) =>
    json(await readInvitation(liveKit(serverConfig()), params.invitation ?? '')),
  POST: async (request, params, visitor) => {
    const { name } = parseJson(await readBody(request), asked);
    const config = serverConfig();
    const admitted = await redeem(params.invitation ?? '', async (invitation) => ({
      server_url: browserUrl(config),
      participant_token: await admitColleague(
        liveKit(config),
        invitation,
        name,
        config,
        visitor.account,
      ),
      room: invitation.room,
    }));
    return json(admitted, 201);
  },
});
