// Shows, starts and stops an agent's rollout.

import { json, routes } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { parseJson, readBody } from '@/lib/http/read-json';
import { reasonIn, startRollout, stopRollout } from '@/lib/rollouts/act';
import { rolloutOverview } from '@/lib/rollouts/overview';
import { rolloutStart } from '@/lib/rollouts/rollout';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { name = '' }) => json(toWire(await rolloutOverview(name))),
  POST: async (request, { name = '' }, visitor) => {
    const asked = parseJson(await readBody(request), rolloutStart);
    return json(toWire(await startRollout(name, asked, visitor)), 201);
  },
  DELETE: async (request, { name = '' }, visitor) => {
    return json(toWire(await stopRollout(name, visitor.name, reasonIn(request))));
  },
});
