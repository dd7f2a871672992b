// Lists people and invitations, and creates an invitation, whose link is shown only in this response.

import { makeWelcome, openWelcomes } from '@/lib/auth/invitations';
import { hasAccount, inviteRequest, listPeople } from '@/lib/auth/people';
import { json, routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { parseJson, readBody } from '@/lib/http/read-json';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => {
    requireSignIn();
    const [people, invited] = await Promise.all([listPeople(), openWelcomes(Date.now())]);
    return json({ people, invited });
  },
  POST: async (request, _, { account }) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), inviteRequest);
    if (await hasAccount(asked.email)) {
      throw new Problem('person-exists', 'Change their role in the list instead.');
    }
    const link = await makeWelcome(asked, Date.now(), account);
    const url = new URL(`/welcome/${link}`, serverConfig().PUBLIC_URL).href;
    return json({ url, email: asked.email }, 201);
  },
});
