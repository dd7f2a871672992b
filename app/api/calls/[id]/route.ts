// One call: its whole timeline, and its deletion with everything of it.

import { deleteCall } from '@/lib/calls/store/store';
import { callDetail } from '@/lib/calls/view/one-call';
import { toWire } from '@/lib/calls/view/wire';
import { Problem } from '@/lib/problem';
import { json, routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { id = '' }) => {
    return json(toWire(await callDetail(id)));
  },
  DELETE: async (_, { id = '' }) => {
    const notDeleted = await deleteCall(id);
    if (!notDeleted) throw new Problem('unknown-call', 'It never was, or it was deleted before.');
    // Recordings that are elsewhere: whoever deletes has to know of them.
    return notDeleted.length > 0
      ? json(toWire({ notDeleted }))
      : new Response(null, { status: 204 });
  },
});
