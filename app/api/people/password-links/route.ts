// Creates a link for setting a new password. It is shown only in this response, to the admin.

import { routes } from '@/app/api/routes';
import { makePasswordLink, passwordLinkRequest } from '@/lib/auth/people';
import { json } from '@/lib/auth/route';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, visitor: { account } }) => {
    const { id } = await readJson(server, request, passwordLinkRequest);
    const { link, email } = await makePasswordLink(server, id, Date.now(), account);
    const url = new URL(`/password/${link}`, server.config.PUBLIC_URL).href;
    return json({ url, email }, 201);
  },
});
