// Lists the account's API keys, and creates one. A new key is shown only in this response.
import { requireSameSession } from '@/lib/auth/ended-meanwhile';
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
    const made = await makeKey(visitor, asked);
    await requireSameSession(request.headers, visitor.account ?? '', 'key', made.id);
    return json({ ...made, name: asked.name }, 201);
  },
});
