// Somebody's role, and their removal; also that of an invitation that nobody has used.
import { changeRole, removePerson, roleRequest } from '@/lib/accounts/people';
import { requireSignIn } from '@/lib/accounts/visitor';
import { removeWelcome } from '@/lib/accounts/welcomes';
import { parseJson, readBody } from '@/lib/read-json';
import { routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  PUT: async (request, { id = '' }) => {
    requireSignIn();
    const { role } = parseJson(await readBody(request), roleRequest);
    await changeRole(id, role);
    return new Response(null, { status: 204 });
  },
  DELETE: async (_, { id = '' }) => {
    requireSignIn();
    if (!(await removeWelcome(id))) await removePerson(id);
    return new Response(null, { status: 204 });
  },
});
