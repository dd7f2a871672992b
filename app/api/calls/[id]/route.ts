// Shows a call with its timeline, and deletes it with all its data.

import { routes } from '@/app/api/routes';
import { callsOf } from '@/lib/auth/permissions';
import { json } from '@/lib/auth/route';
import { deleteCall } from '@/lib/calls/store/store';
import { callDetail } from '@/lib/calls/view/one-call';
import { Problem } from '@/lib/core/problem';
import { toWire } from '@/lib/core/snake-case';
import { forgetAtLetta } from '@/lib/letta/deleted-calls';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { id = '' }, visitor }) => {
    return json(toWire(await callDetail(server, id, callsOf(visitor))));
  },
  DELETE: async (_, { server, params: { id = '' } }) => {
    const notDeleted = await deleteCall(server, id);
    if (!notDeleted) throw new Problem('unknown-call', 'It does not exist or was deleted.');
    const lettaLater = !(await forgetAtLetta(server, id));
    // Recordings elsewhere and Letta's memory may remain, so the response mentions them.
    return notDeleted.length > 0 || lettaLater
      ? json(toWire({ notDeleted, ...(lettaLater && { lettaLater }) }))
      : new Response(null, { status: 204 });
  },
});
