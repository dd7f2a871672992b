// Stores reports of the simulations program, and responds whether it should stop.

import { json, routes } from '@/lib/auth/route';
import { simulationReport } from '@/lib/calls/test-calls/result';
import { Problem } from '@/lib/core/problem';
import { fromWire, toWire } from '@/lib/core/snake-case';
import { readBody } from '@/lib/http/read-json';
import { saveReport } from '@/lib/simulations/store';

/** Largest body in bytes: twenty runs with their transcripts. */
const REPORT_MAX_BYTES = 2 * 1024 * 1024;

function parsed(text: string) {
  try {
    return simulationReport.parse(fromWire(JSON.parse(text)));
  } catch (cause) {
    const detail = 'The body must be a report of npm run simulate.';
    throw new Problem('invalid-request', detail, {}, {}, { cause });
  }
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request) => {
    const report = parsed(await readBody(request, { maxBytes: REPORT_MAX_BYTES }));
    return json(toWire({ stop: await saveReport(report) }));
  },
});
