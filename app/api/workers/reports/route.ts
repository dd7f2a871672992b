// Receives workers' reports about their state and capacity.

import { routes } from '@/app/api/routes';
import { readSignedBody } from '@/app/api/workers/signed-body';
import { recordWorkerReports } from '@/lib/calls/ingest/recent-activity';
import { publish } from '@/lib/cluster/pubsub';
import { parseJson } from '@/lib/http/read-json';
import { workerReports } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server }) => {
    const body = await readSignedBody(server, 'report', request);
    const reports = parseJson(body, workerReports, { anyText: true });
    recordWorkerReports(server, reports);
    recordReports(server, reports);
    publish(server, 'reports', reports);
    return new Response(null, { status: 204 });
  },
});
