// Somebody's role, and their removal; also that of an invitation that nobody has used. What they lose the
// right to ends with it: what they hear of others' calls, and where they are removed, their own.

import { removeWelcome } from '@/lib/auth/invitations';
import { changeRole, removePerson, roleRequest } from '@/lib/auth/people';
import { roleMay } from '@/lib/auth/rights';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { takeOut } from '@/lib/dispatch/leave-rooms';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  PUT: async (request, { id = '' }) => {
    requireSignIn();
    const { role } = parseJson(await readBody(request), roleRequest);
    await changeRole(id, role);
    if (!roleMay(role, 'watch')) await takeOut(id, 'listening');
    return new Response(null, { status: 204 });
  },
  DELETE: async (_, { id = '' }) => {
    requireSignIn();
    if (await removeWelcome(id)) return new Response(null, { status: 204 });
    await removePerson(id);
    await takeOut(id, 'all');
    return new Response(null, { status: 204 });
  },
});
