// The diary from today on, filtered, and the latest messages.
import { readDesk } from '@/lib/bookings/store/read-desk';
import { parseDeskQuery } from '@/lib/bookings/view/query';
import { toWire } from '@/lib/calls/view/wire';
import { json, routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request) => {
    return json(toWire(await readDesk(parseDeskQuery(new URL(request.url).searchParams))));
  },
});
