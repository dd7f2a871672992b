// Promotes an agent's rollout to production.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { promoteRollout, reasonIn } from '@/lib/rollouts/act';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params: { name = '' }, visitor }) =>
    json(toWire(await promoteRollout(server, name, visitor.name, reasonIn(request)))),
});
