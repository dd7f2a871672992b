// Deletes an API key of anybody.

import { routes } from '@/app/api/routes';
import { deleteKey } from '@/lib/auth/keys';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { server, params: { id = '' } }) => {
    const owner = await deleteKey(server, undefined, id);
    // Listeners are not distinguished by key or browser, so the account stops listening everywhere.
    await removeFromCalls(server, owner, 'listening');
    return new Response(null, { status: 204 });
  },
});
