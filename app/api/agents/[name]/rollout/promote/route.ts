// Promotes an agent's rollout to production.

import { json, routes } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { promoteRollout, reasonIn } from '@/lib/rollouts/act';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { name = '' }, visitor) =>
    json(toWire(await promoteRollout(name, visitor.name, reasonIn(request)))),
});
