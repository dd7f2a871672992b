// Creates a link for setting a new password. It is shown only in this response, to the admin.
import { makePasswordLink, passwordLinkRequest } from '@/lib/auth/people';
import { json, routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { serverConfig } from '@/lib/core/server-config';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, _, { account }) => {
    requireSignIn();
    const { id } = parseJson(await readBody(request), passwordLinkRequest);
    const { link, email } = await makePasswordLink(id, Date.now(), account);
    const url = new URL(`/password/${link}`, serverConfig().PUBLIC_URL).href;
    return json({ url, email }, 201);
  },
});
