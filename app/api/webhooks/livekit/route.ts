// LiveKit's webhooks. Bodies that LiveKit signed are accepted and acknowledged at once.
import { WebhookReceiver } from 'livekit-server-sdk';
import { routes } from '@/lib/auth/route';
import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { readBody } from '@/lib/http/read-json';
import { verifiedClaims } from '@/lib/livekit/worker-auth';
import { webhooks } from '@/lib/startup/webhooks';

/** An event has a room and a participant, each with up to 512 KiB of metadata, escaped as JSON. */
const BODY = { type: 'application/webhook+json', maxBytes: 4 * 1024 * 1024 };

const unsigned = () =>
  new Problem(
    'unauthorized',
    'Only webhooks signed by LiveKit with this server’s key are accepted.',
  );

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const config = serverConfig();
    const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = config;
    const authorization = request.headers.get('authorization') ?? '';
    // Before the body, which would fill the memory if anybody could send it.
    if (!(await verifiedClaims(authorization, config))?.sha256) throw unsigned();
    const body = await readBody(request, BODY);
    const receiver = new WebhookReceiver(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
    const event = await receiver.receive(body, authorization).catch(() => {
      throw unsigned();
    });
    webhooks.take(event);
    return new Response(null, { status: 200 });
  },
});
