// The rehearsals there are and what came of them; starts some.

import { toWire } from '@/lib/calls/view/wire';
import { parseJson, readBody } from '@/lib/read-json';
import { rehearsalsNow } from '@/lib/rehearsals/overview';
import { rehearsalStart, startRehearsals } from '@/lib/rehearsals/start';
import { json, routes } from '@/lib/route';

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
