// Which calls change, as it happens.
import { changeStream } from '@/lib/calls/view/change-stream';
import { routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request) => {
    return changeStream(request.signal);
  },
});
