// Starts an agent's roll-out although its rehearsals failed: by name, and with a reason.
import { toWire } from '@/lib/calls/view/wire';
import { parseJson, readBody } from '@/lib/read-json';
import { startRollout } from '@/lib/rollout/act';
import { rolloutOverride } from '@/lib/rollout/rollout';
import { json, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { name = '' }, visitor) => {
    const asked = parseJson(await readBody(request), rolloutOverride);
    return json(toWire(await startRollout(name, asked, visitor.name, { override: true })), 201);
  },
});
