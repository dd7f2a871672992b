// The end of an agent's roll-out that was hoped for: production is to run the version.

import { json, routes } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { promoteRollout } from '@/lib/rollouts/act';
import { reasonIn } from '@/lib/rollouts/reason';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { name = '' }, visitor) =>
    json(toWire(await promoteRollout(name, visitor.name, reasonIn(request)))),
});
