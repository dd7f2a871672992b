// LiveKit's webhooks. Bodies that LiveKit signed are accepted and acknowledged at once.
import { WebhookEvent } from 'livekit-server-sdk';
import { routes } from '@/app/api/routes';
import { recordRefusedWebhook, refusalReason } from '@/lib/calls/ingest/recent-activity';
import { Problem } from '@/lib/core/problem';
import { readBody } from '@/lib/http/read-json';
import { verifyWebhook } from '@/lib/livekit/webhook-auth';

/** An event has a room and a participant, each with up to 512 KiB of metadata, escaped as JSON. */
const BODY = { type: 'application/webhook+json', maxBytes: 4 * 1024 * 1024 };

const unsigned = () =>
  new Problem(
    'unauthorized',
    'Only webhooks signed by LiveKit with this server’s key are accepted.',
  );

/** The event in a body that LiveKit signed. @throws {Problem} 400 if it is none */
function eventOf(body: string): WebhookEvent {
  try {
    return WebhookEvent.fromJson(JSON.parse(body), { ignoreUnknownFields: true });
  } catch {
    throw new Problem('invalid-request', 'The body is not an event of LiveKit.');
  }
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server }) => {
    const { config } = server;
    const authorization = request.headers.get('authorization');
    // Before the body, which would fill the memory if anybody could send it.
    const isSignedBody = await verifyWebhook(authorization, config);
    const body = isSignedBody && (await readBody(server, request, BODY));
    if (body === undefined || !isSignedBody?.(body)) {
      const refused = await refusalReason(authorization, config);
      if (refused) recordRefusedWebhook(server, refused);
      throw unsigned();
    }
    server.webhooks.take(eventOf(body));
    return new Response(null, { status: 200 });
  },
});
