// A call's recording, whole or in ranges as players request it.

import { routes } from '@/app/api/routes';
import { callsOf } from '@/lib/auth/permissions';
import { limitStreams } from '@/lib/auth/stream-limit';
import { recordingAnswer } from '@/lib/calls/view/recording-file';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, { server, params: { id = '', n = '' }, visitor }) => {
    return limitStreams(server, visitor, () =>
      recordingAnswer(server, request, id, n, callsOf(visitor)),
    );
  },
});
