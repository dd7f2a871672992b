// Lists the account's API keys, and creates one. A new key is shown only in this response.
import { keyRequest, listKeys, makeKey } from '@/lib/auth/keys';
import { json, routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { parseJson, readBody } from '@/lib/http/read-json';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_request, _, { account = '' }) => {
    requireSignIn();
    return json({ keys: await listKeys(account) });
  },
  POST: async (request, _, visitor) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), keyRequest);
    return json({ ...(await makeKey(visitor, asked)), name: asked.name }, 201);
  },
});
