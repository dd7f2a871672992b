// Liveness connections of worker processes and their jobs: a response that stays open as long as the process
// lives. See lib/failover/liveness.ts.

import { routes } from '@/app/api/routes';
import { readSignedBody } from '@/app/api/workers/signed-body';
import { livenessSource } from '@/lib/failover/liveness';
import { parseJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server }) => {
    const body = await readSignedBody(server, 'lifeline', request);
    const source = parseJson(body, livenessSource, { anyText: true });
    return server.failover.liveness.hold(source, request.signal);
  },
});
