// Deletes an API key.

import { routes } from '@/app/api/routes';
import { deleteKey } from '@/lib/auth/keys';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { server, params: { id = '' }, visitor: { account = '' } }) => {
    await deleteKey(server, account, id);
    // Listeners are not distinguished by key or browser, so the account stops listening everywhere.
    await removeFromCalls(server, account, 'listening');
    return new Response(null, { status: 204 });
  },
});
