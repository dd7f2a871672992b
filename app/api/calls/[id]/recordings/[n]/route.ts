// A call's recording, whole or in ranges as players request it.

import { callsOf } from '@/lib/auth/permissions';
import { routes } from '@/lib/auth/route';
import { limitStreams } from '@/lib/auth/stream-limit';
import { recordingAnswer } from '@/lib/calls/view/recording-file';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, { id = '', n = '' }, visitor) => {
    return limitStreams(visitor, () => recordingAnswer(request, id, n, callsOf(visitor)));
  },
});
