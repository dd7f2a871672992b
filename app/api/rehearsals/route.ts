// The rehearsals there are and what came of them; starts some.

import { json, routes } from '@/lib/auth/route';
import { toWire } from '@/lib/core/snake-case';
import { parseJson, readBody } from '@/lib/http/read-json';
import { rehearsalsNow } from '@/lib/simulations/overview';
import { rehearsalStart, startRehearsals } from '@/lib/simulations/start';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => {
    return json(toWire(await rehearsalsNow()));
  },
  POST: async (request) => {
    const session = await startRehearsals(parseJson(await readBody(request), rehearsalStart));
    return json({ session }, 202);
  },
});
