// Lists the account's API keys, and creates one. A new key is shown only in this response.

import { routes } from '@/app/api/routes';
import { requireSameSession } from '@/lib/auth/ended-meanwhile';
import { keyRequest, listKeys, makeKey } from '@/lib/auth/keys';
import { json } from '@/lib/auth/route';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server, visitor: { account = '' } }) => {
    return json({ keys: await listKeys(server, account) });
  },
  POST: async (request, { server, visitor }) => {
    const asked = await readJson(server, request, keyRequest);
    const made = await makeKey(server, visitor, asked);
    await requireSameSession(server, request.headers, visitor.account ?? '', 'key', made.id);
    return json({ ...made, name: asked.name }, 201);
  },
});
