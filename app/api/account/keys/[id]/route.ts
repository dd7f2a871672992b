// The end of an API key.
import { deleteKey } from '@/lib/accounts/keys';
import { requireSignIn } from '@/lib/accounts/visitor';
import { routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE: async (_, { id = '' }, { account = '' }) => {
    requireSignIn();
    await deleteKey(account, id);
    return new Response(null, { status: 204 });
  },
});
