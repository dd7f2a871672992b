// LiveKit's standard token endpoint: a token to a room that the requested agent joins, or a queue position while all
// agents are busy.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { browserUrl } from '@/lib/core/server-config';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { readJson } from '@/lib/http/read-json';
import { tokenRequest } from '@/lib/livekit/token-request';
import { grantToken } from '@/lib/token/grant-token';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  {
    POST: async (request, { server, visitor }) => {
      const asked = await readJson(server, request, tokenRequest);
      const { token, cookie } = await grantToken(server, request, asked, visitor);
      const body = { server_url: browserUrl(server.config), participant_token: token };
      const response = json(body, 201);
      // Next would compress it, which takes longer than signing it and hardly makes it shorter.
      response.headers.set('cache-control', 'no-store, no-transform');
      if (cookie) response.headers.set('set-cookie', cookie);
      return response;
    },
  },
  { setting: 'TOKEN_ORIGINS', headers: ['Content-Type', TICKET_HEADER] },
);
