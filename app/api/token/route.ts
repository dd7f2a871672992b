// LiveKit's standard token endpoint: a token to a room that the requested agent joins, or a queue position while all
// agents are busy. Answered without Next.js in the built product: `lib/http/direct-routes.ts`.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { browserUrl } from '@/lib/core/server-config';
import { QUEUED, type QueuedAnswer, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { type QueueTurn, RETRY_AFTER_S } from '@/lib/dispatch/queue/queues';
import { readJson } from '@/lib/http/read-json';
import { tokenRequest } from '@/lib/livekit/token-request';
import { grantToken } from '@/lib/token/grant-token';

function queued({ position, ticket }: Extract<QueueTurn, { kind: 'queued' }>): Response {
  const response = json({ state: 'queued', position, ticket } satisfies QueuedAnswer, QUEUED);
  response.headers.set('retry-after', String(RETRY_AFTER_S));
  return response;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  {
    POST: async (request, { server, visitor }) => {
      const asked = await readJson(server, request, tokenRequest);
      const granted = await grantToken(server, request, asked, visitor);
      if (granted.kind === 'queued') return queued(granted);
      const { token, cookie } = granted;
      const body = { server_url: browserUrl(server.config), participant_token: token };
      const response = json(body, 201);
      if (cookie) response.headers.set('set-cookie', cookie);
      return response;
    },
  },
  { setting: 'TOKEN_ORIGINS', headers: ['Content-Type', TICKET_HEADER] },
);
