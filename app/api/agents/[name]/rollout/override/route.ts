// Starts an agent's rollout although simulations failed. Requires a reason.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { readJson } from '@/lib/http/read-json';
import { startRollout } from '@/lib/rollouts/act';
import { rolloutOverride } from '@/lib/rollouts/requests';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params: { name = '' }, visitor }) => {
    const asked = await readJson(server, request, rolloutOverride);
    return json(toWire(await startRollout(server, name, asked, visitor, { override: true })), 201);
  },
});
