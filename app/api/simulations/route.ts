// Lists scenarios and results, and starts simulations.

import { json, routes } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { parseJson, readBody } from '@/lib/http/read-json';
import {
  simulationStart,
  simulationsOverview,
  startSimulations,
} from '@/lib/simulations/simulations';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => {
    return json(toWire(await simulationsOverview()));
  },
  POST: async (request) => {
    const session = await startSimulations(parseJson(await readBody(request), simulationStart));
    return json({ session }, 202);
  },
});
