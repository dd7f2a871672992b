// Shows an invitation without using it, and redeems it once for a token.

import { redemption } from '@/app/api/invitations/[invitation]/schema';
import { routes } from '@/app/api/routes';
import { limitGuesses } from '@/lib/auth/attempts';
import { json } from '@/lib/auth/route';
import { browserUrl } from '@/lib/core/server-config';
import {
  admitColleague,
  type Invitation,
  readInvitation,
  redeem,
} from '@/lib/dispatch/invitations';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server, params: { invitation = '' } }) =>
    json(await limitGuesses(server, request.headers, () => readInvitation(server, invitation))),
  POST: async (request, { server, params: { invitation: id = '' }, visitor }) => {
    const { name } = await readJson(server, request, redemption);
    const letIn = async (invitation: Invitation) => ({
      server_url: browserUrl(server.config),
      participant_token: await admitColleague(server, invitation, name, visitor.account),
      room: invitation.room,
    });
    const admitted = await limitGuesses(server, request.headers, () => redeem(server, id, letIn));
    return json(admitted, 201);
  },
});
