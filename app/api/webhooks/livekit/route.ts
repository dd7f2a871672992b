// LiveKit's webhooks: what is signed by it, about this very body, is taken in and answered at once.
import { WebhookReceiver } from 'livekit-server-sdk';
import { Problem } from '@/lib/problem';
import { readBody } from '@/lib/read-json';
import { routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';
import { webhooks } from '@/lib/webhooks/webhooks';

/** An event has a room and a participant, each with up to 512 KiB of metadata, escaped as JSON. */
const BODY = { type: 'application/webhook+json', maxBytes: 4 * 1024 * 1024 };

const unsigned = () =>
  new Problem('unauthorized', 'Only what LiveKit signed with this server’s key is taken.');

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const { LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = serverConfig();
    const authorization = request.headers.get('authorization');
    if (!authorization) throw unsigned();
    const body = await readBody(request, BODY);
    const receiver = new WebhookReceiver(LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
    const event = await receiver.receive(body, authorization).catch(() => {
      throw unsigned();
    });
    webhooks.take(event);
    return new Response(null, { status: 200 });
  },
});
