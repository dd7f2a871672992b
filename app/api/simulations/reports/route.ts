// Stores reports of the simulations program, and responds whether it should stop.

import { routes } from '@/app/api/routes';
import { hasPermission } from '@/lib/auth/permissions';
import { json } from '@/lib/auth/route';
import { simulationReport } from '@/lib/calls/test-calls/report';
import { parseJson, readBody } from '@/lib/http/read-json';
import { saveReport } from '@/lib/simulations/store';

/** Largest body in bytes: twenty runs with their transcripts. */
const REPORT_MAX_BYTES = 2 * 1024 * 1024;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, visitor }) => {
    const text = await readBody(server, request, { maxBytes: REPORT_MAX_BYTES });
    const report = parseJson(text, simulationReport, { anyText: true });
    // What decides about rollouts must come from whoever could decide about them.
    const developer = hasPermission(visitor, 'rules') ? undefined : { account: visitor.account };
    return json({ stop: await saveReport(server, report, developer) });
  },
});
