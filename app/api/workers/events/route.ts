// Stores the events that workers report. A 204 response means that they are in the database; workers resend everything
// else.

import { routes } from '@/lib/auth/route';
import { BATCH_MAX_BYTES, eventBatch } from '@/lib/calls/event';
import { recordEvents } from '@/lib/calls/store/store';
import { recordModelFailures } from '@/lib/doctor/model-answers';
import { withoutProbes } from '@/lib/doctor/recent-activity';
import { parseJson } from '@/lib/http/read-json';
import { readSignedBody } from '../signed-body';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const arrivedAt = Date.now();
    const body = await readSignedBody('events', request, BATCH_MAX_BYTES);
    const { events, sentAt } = parseJson(body, eventBatch, { anyText: true });
    recordModelFailures(events);
    await recordEvents(
      withoutProbes(events).map((event) => ({ ...event, sentAt })),
      arrivedAt,
    );
    return new Response(null, { status: 204 });
  },
});
