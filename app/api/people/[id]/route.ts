// Changes a person's role, removes a person, or deletes an unused sign-up link. Losing a permission ends what it allowed:
// listening to calls and, on removal, the person's own calls.

import { routes } from '@/app/api/routes';
import { changeRole, removePerson, roleRequest } from '@/lib/auth/people';
import { roleHasPermission } from '@/lib/auth/permissions';
import { removeSignUpLink } from '@/lib/auth/sign-up-links';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  PUT: async (request, { server, params: { id = '' } }) => {
    const { role } = await readJson(server, request, roleRequest);
    await changeRole(server, id, role);
    if (!roleHasPermission(role, 'watch')) await removeFromCalls(server, id, 'listening');
    return new Response(null, { status: 204 });
  },
  DELETE: async (_, { server, params: { id = '' } }) => {
    if (await removeSignUpLink(server, id)) return new Response(null, { status: 204 });
    await removePerson(server, id);
    await removeFromCalls(server, id, 'all');
    return new Response(null, { status: 204 });
  },
});
