// The lifeline of a worker process or of one of its jobs: an answer that stays open for as long as it
// lives. See lib/watch/lifelines.ts.
import { parseJson } from '@/lib/read-json';
import { routes } from '@/lib/route';
import { readSignedBody } from '@/lib/signed-body';
import { lifelineOf } from '@/lib/watch/lifelines';
import { watching } from '@/lib/watch/watch';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const whose = parseJson(await readSignedBody('lifeline', request), lifelineOf);
    return watching().lifelines.hold(whose, request.signal);
  },
});
