// Shows a call with its timeline, and deletes it with all its data.

import { routes } from '@/app/api/routes';
import { callsOf } from '@/lib/auth/permissions';
import { json } from '@/lib/auth/route';
import { deleteCall } from '@/lib/calls/store/store';
import { callDetail } from '@/lib/calls/view/one-call';
import { Problem } from '@/lib/core/problem';
import { toWire } from '@/lib/core/snake-case';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { id = '' }, visitor }) => {
    return json(toWire(await callDetail(server, id, callsOf(visitor))));
  },
  DELETE: async (_, { server, params: { id = '' } }) => {
    const notDeleted = await deleteCall(server, id);
    if (!notDeleted) throw new Problem('unknown-call', 'It does not exist or was deleted.');
    const later = await Promise.all(server.features.map((one) => one.callDeleted?.(server, id)));
    // Recordings elsewhere and what other servers remember may remain, so the response mentions them.
    const remaining = Object.assign({}, ...later, notDeleted.length > 0 && { notDeleted });
    return Object.keys(remaining).length > 0
      ? json(toWire({ notDeleted, ...remaining }))
      : new Response(null, { status: 204 });
  },
});
