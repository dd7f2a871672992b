// Deletes an API key.
import { deleteKey } from '@/lib/auth/keys';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { id = '' }, { account = '' }) => {
    requireSignIn();
    await deleteKey(account, id);
    // Listeners are not distinguished by key or browser, so the account stops listening everywhere.
    await removeFromCalls(account, 'listening');
    return new Response(null, { status: 204 });
  },
});
