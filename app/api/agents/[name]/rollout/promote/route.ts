// The end of an agent's roll-out that was hoped for: production is to run the version.
import { toWire } from '@/lib/calls/view/wire';
import { promoteRollout } from '@/lib/rollout/act';
import { reasonIn } from '@/lib/rollout/reason';
import { json, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { name = '' }, visitor) =>
    json(toWire(await promoteRollout(name, visitor.name, reasonIn(request)))),
});
