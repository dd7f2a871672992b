// Liveness connections of worker processes and their jobs: a response that stays open as long as the process
// lives. See lib/failover/liveness.ts.

import { routes } from '@/lib/auth/route';
import { failover } from '@/lib/failover/failover';
import { livenessSource } from '@/lib/failover/liveness';
import { parseJson } from '@/lib/http/read-json';
import { readSignedBody } from '../signed-body';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const body = await readSignedBody('lifeline', request);
    const source = parseJson(body, livenessSource, { anyText: true });
    return failover().liveness.hold(source, request.signal);
  },
});
