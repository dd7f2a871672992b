// The sound of a call, as a player asks for it: whole or in parts.
import { recordingAnswer } from '@/lib/calls/view/recording-file';
import { callsOf } from '@/lib/rights/rights';
import { routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, { id = '', n = '' }, visitor) => {
    return recordingAnswer(request, id, n, callsOf(visitor));
  },
});
