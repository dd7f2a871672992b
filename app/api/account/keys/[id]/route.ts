// The end of an API key.
import { deleteKey } from '@/lib/auth/keys';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { takeOut } from '@/lib/dispatch/leave-rooms';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { id = '' }, { account = '' }) => {
    requireSignIn();
    await deleteKey(account, id);
    // With which of their keys, or in which browser, somebody listens is not told apart.
    await takeOut(account, 'listening');
    return new Response(null, { status: 204 });
  },
});
