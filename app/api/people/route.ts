// Lists people and unused sign-up links, and creates a sign-up link, which is shown only in this response.

import { routes } from '@/app/api/routes';
import { hasAccount, inviteRequest, listPeople } from '@/lib/auth/people';
import { json } from '@/lib/auth/route';
import { makeSignUpLink, unusedSignUpLinks } from '@/lib/auth/sign-up-links';
import { Problem } from '@/lib/core/problem';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => {
    const [people, invited] = await Promise.all([
      listPeople(server),
      unusedSignUpLinks(server, Date.now()),
    ]);
    return json({ people, invited });
  },
  POST: async (request, { server, visitor: { account } }) => {
    const asked = await readJson(server, request, inviteRequest);
    if (await hasAccount(server, asked.email)) {
      throw new Problem('person-exists', 'Change their role in the list instead.');
    }
    const link = await makeSignUpLink(server, asked, Date.now(), account);
    const url = new URL(`/sign-up/${link}`, server.config.PUBLIC_URL).href;
    return json({ url, email: asked.email }, 201);
  },
});
