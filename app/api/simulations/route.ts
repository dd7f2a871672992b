// Lists scenarios and results, and starts simulations.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { readJson } from '@/lib/http/read-json';
import {
  simulationStart,
  simulationsOverview,
  startSimulations,
} from '@/lib/simulations/simulations';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => {
    return json(toWire(await simulationsOverview(server)));
  },
  POST: async (request, { server }) => {
    const session = await startSimulations(
      server,
      await readJson(server, request, simulationStart),
    );
    return json({ session }, 202);
  },
});
