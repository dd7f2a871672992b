// Shows, starts and stops an agent's rollout.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { readJson } from '@/lib/http/read-json';
import { reasonIn, startRollout, stopRollout } from '@/lib/rollouts/act';
import { rolloutOverview } from '@/lib/rollouts/overview';
import { rolloutStart } from '@/lib/rollouts/requests';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, params: { name = '' } }) =>
    json(toWire(await rolloutOverview(server, name))),
  POST: async (request, { server, params: { name = '' }, visitor }) => {
    const asked = await readJson(server, request, rolloutStart);
    return json(toWire(await startRollout(server, name, asked, visitor)), 201);
  },
  DELETE: async (request, { server, params: { name = '' }, visitor }) => {
    return json(toWire(await stopRollout(server, name, visitor.name, reasonIn(request))));
  },
});
