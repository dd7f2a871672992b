// Streams changes of calls for as long as the visitor has permission.

import { routes } from '@/app/api/routes';
import { callsOf, hasPermission } from '@/lib/auth/permissions';
import { limitStreams } from '@/lib/auth/stream-limit';
import { whileAllowed } from '@/lib/auth/while-allowed';
import { changeStream } from '@/lib/calls/view/change-stream';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, { server, visitor }) => {
    const account = callsOf(visitor);
    return limitStreams(server, visitor, () =>
      changeStream(server, request.signal, account, (end) =>
        whileAllowed(
          server,
          request,
          visitor,
          (now) => hasPermission(now, 'history') && callsOf(now) === account,
          end,
        ),
      ),
    );
  },
});
