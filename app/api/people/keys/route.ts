// Lists the API keys of everybody.

import { routes } from '@/app/api/routes';
import { listAllKeys } from '@/lib/auth/keys';
import { json } from '@/lib/auth/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => json({ keys: await listAllKeys(server) }),
});
