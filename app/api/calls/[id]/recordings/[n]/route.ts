// The sound of a call, as a player asks for it: whole or in parts.

import { callsOf } from '@/lib/auth/rights';
import { routes } from '@/lib/auth/route';
import { recordingAnswer } from '@/lib/calls/view/recording-file';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, { id = '', n = '' }, visitor) => {
    return recordingAnswer(request, id, n, callsOf(visitor));
  },
});
