// Changes a person's role, removes a person, or deletes an unused invitation. Losing a permission ends what it allowed:
// listening to calls and, on removal, the person's own calls.

import { removeWelcome } from '@/lib/auth/invitations';
import { changeRole, removePerson, roleRequest } from '@/lib/auth/people';
import { roleHasPermission } from '@/lib/auth/permissions';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  PUT: async (request, { id = '' }) => {
    requireSignIn();
    const { role } = parseJson(await readBody(request), roleRequest);
    await changeRole(id, role);
    if (!roleHasPermission(role, 'watch')) await removeFromCalls(id, 'listening');
    return new Response(null, { status: 204 });
  },
  DELETE: async (_, { id = '' }) => {
    requireSignIn();
    if (await removeWelcome(id)) return new Response(null, { status: 204 });
    await removePerson(id);
    await removeFromCalls(id, 'all');
    return new Response(null, { status: 204 });
  },
});
