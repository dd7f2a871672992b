// Where workers say what they are and whether they can take a call.
import { sightReports } from '@/lib/doctor/sightings';
import { tellOthers } from '@/lib/processes/bus';
import { parseJson } from '@/lib/read-json';
import { routes } from '@/lib/route';
import { readSignedBody } from '@/lib/signed-body';
import { workerReports } from '@/lib/worker-report';
import { recordReports } from '@/lib/workers';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const reports = parseJson(await readSignedBody('report', request), workerReports);
    sightReports(reports);
    recordReports(reports);
    tellOthers('reports', reports);
    return new Response(null, { status: 204 });
  },
});
