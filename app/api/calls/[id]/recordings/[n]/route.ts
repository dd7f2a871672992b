// The sound of a call, as a player asks for it: whole or in parts.
import { recordingAnswer } from '@/lib/calls/view/recording-file';
import { routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: (request, { id = '', n = '' }) => {
    return recordingAnswer(request, id, n);
  },
});
