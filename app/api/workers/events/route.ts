// Stores the events that workers report. A 204 response means that they are in the database; workers resend everything
// else.

import { routes } from '@/app/api/routes';
import { readSignedBody } from '@/app/api/workers/signed-body';
import { BATCH_MAX_BYTES, eventBatch } from '@/lib/calls/event';
import { recordModelFailures } from '@/lib/calls/ingest/model-answers';
import { withoutProbes } from '@/lib/calls/ingest/recent-activity';
import { storeEvents } from '@/lib/calls/store/store';
import { parseJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server }) => {
    const arrivedAt = Date.now();
    const body = await readSignedBody(server, 'events', request, BATCH_MAX_BYTES);
    const { events, sentAt } = parseJson(body, eventBatch, { anyText: true });
    recordModelFailures(server, events);
    await storeEvents(
      server,
      withoutProbes(server, events).map((event) => ({ ...event, sentAt })),
      arrivedAt,
    );
    return new Response(null, { status: 204 });
  },
});
