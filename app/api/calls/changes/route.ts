// Which calls change, as it happens.
import { changeStream } from '@/lib/calls/view/change-stream';
import { callsOf } from '@/lib/rights/rights';
import { routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, _, visitor) => {
    return changeStream(request.signal, callsOf(visitor));
  },
});
