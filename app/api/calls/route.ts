// Lists calls: newest first, filtered, in pages.

import { routes } from '@/app/api/routes';
import { callsOf } from '@/lib/auth/permissions';
import { json } from '@/lib/auth/route';
import { listCalls } from '@/lib/calls/store/store';
import { summaryForCallers } from '@/lib/calls/view/for-callers';
import { withAgentStates } from '@/lib/calls/view/live-calls';
import { parseCallQuery } from '@/lib/calls/view/query';
import { toWire } from '@/lib/core/snake-case';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { server, visitor }) => {
    const filter = parseCallQuery(new URL(request.url).searchParams);
    const account = callsOf(visitor);
    const { calls, next } = await listCalls(server, { ...filter, account });
    if (account !== undefined)
      return json(toWire({ calls: calls.map(summaryForCallers), nextCursor: next }));
    const shown = filter.live ? await withAgentStates(server, calls) : calls;
    return json(toWire({ calls: shown, nextCursor: next }));
  },
});
