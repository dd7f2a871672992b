// Shows an invitation without using it, and redeems it once for a token.
import { limitGuesses } from '@/lib/auth/attempts';
import { json, routes } from '@/lib/auth/route';
import { browserUrl, serverConfig } from '@/lib/core/server-config';
import {
  admitColleague,
  type Invitation,
  readInvitation,
  redeem,
} from '@/lib/dispatch/invitations';
import { parseJson, readBody } from '@/lib/http/read-json';
import { liveKit } from '@/lib/livekit/clients';
import { redemption } from './schema';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { invitation = '' }) =>
    json(
      await limitGuesses(request.headers, () =>
        readInvitation(liveKit(serverConfig()), invitation),
      ),
    ),
  POST: async (request, { invitation: id = '' }, visitor) => {
    const { name } = parseJson(await readBody(request), redemption);
    const config = serverConfig();
    const letIn = async (invitation: Invitation) => ({
      server_url: browserUrl(config),
      participant_token: await admitColleague(
        liveKit(config),
        invitation,
        name,
        config,
        visitor.account,
      ),
      room: invitation.room,
    });
    const admitted = await limitGuesses(request.headers, () => redeem(id, letIn));
    return json(admitted, 201);
  },
});
