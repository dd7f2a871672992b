// An agent's roll-out: how it stands; starting it, stopping it.
import { toWire } from '@/lib/calls/view/wire';
import { parseJson, readBody } from '@/lib/read-json';
import { startRollout, stopRollout } from '@/lib/rollout/act';
import { rolloutNow } from '@/lib/rollout/overview';
import { reasonIn } from '@/lib/rollout/reason';
import { rolloutStart } from '@/lib/rollout/rollout';
import { json, routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { name = '' }) => json(toWire(await rolloutNow(name))),
  POST: async (request, { name = '' }, visitor) => {
    const asked = parseJson(await readBody(request), rolloutStart);
    return json(toWire(await startRollout(name, asked, visitor.name)), 201);
  },
  DELETE: async (request, { name = '' }, visitor) => {
    return json(toWire(await stopRollout(name, visitor.name, reasonIn(request))));
  },
});
