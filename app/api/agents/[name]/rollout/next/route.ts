// Takes the next step of an agent's rollout. `?to=` is the percentage that the person saw as the next step, so that two
// concurrent requests do not take two steps.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { nextStep, reasonIn } from '@/lib/rollouts/act';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params: { name = '' }, visitor }) => {
    const to = new URL(request.url).searchParams.get('to');
    const seen = to ? Number(to) : undefined;
    return json(toWire(await nextStep(server, name, visitor, reasonIn(request), seen)));
  },
});
