// The end of an API key.
import { deleteKey } from '@/lib/accounts/keys';
import { requireSignIn } from '@/lib/accounts/visitor';
import { takeOut } from '@/lib/dispatch/leave-rooms';
import { routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { id = '' }, { account = '' }) => {
    requireSignIn();
    await deleteKey(account, id);
    // With which of their keys, or in which browser, somebody listens is not told apart.
    await takeOut(account, 'listening');
    return new Response(null, { status: 204 });
  },
});
