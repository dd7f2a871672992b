// The lifeline of a worker process or of one of its jobs: an answer that stays open for as long as it
// lives. See lib/failover/lifelines.ts.

import { routes } from '@/lib/auth/route';
import { lifelineOf } from '@/lib/failover/lifelines';
import { watching } from '@/lib/failover/watch';
import { parseJson } from '@/lib/http/read-json';
import { readSignedBody } from '../signed-body';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const whose = parseJson(await readSignedBody('lifeline', request), lifelineOf);
    return watching().lifelines.hold(whose, request.signal);
  },
});
