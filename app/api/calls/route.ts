// The calls there were and are: newest first, filtered, page by page.

import { listCalls } from '@/lib/calls/store/store';
import { withAgentStates } from '@/lib/calls/view/live-calls';
import { parseCallQuery } from '@/lib/calls/view/query';
import { toWire } from '@/lib/calls/view/wire';
import { callsOf } from '@/lib/rights/rights';
import { json, routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, _, visitor) => {
    const filter = parseCallQuery(new URL(request.url).searchParams);
    const { calls, next } = await listCalls({ ...filter, account: callsOf(visitor) });
    return json(
      toWire({ calls: filter.live ? await withAgentStates(calls) : calls, nextCursor: next }),
    );
  },
});
