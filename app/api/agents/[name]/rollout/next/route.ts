// The next step of an agent's roll-out: more of its callers. `?to=` is the percent that whoever takes it has
// seen to be the next: of two who take it at once, the other one does not take the one after it.

import { json, routes } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { nextStep } from '@/lib/rollouts/act';
import { reasonIn } from '@/lib/rollouts/reason';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { name = '' }, visitor) => {
    const to = new URL(request.url).searchParams.get('to');
    const seen = to === null ? undefined : Number(to);
    return json(toWire(await nextStep(name, visitor.name, reasonIn(request), seen)));
  },
});
