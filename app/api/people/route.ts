// Who can sign in, who was invited, and an invitation for one more: its link is shown this once.
import { hasAccount, inviteRequest, listPeople } from '@/lib/accounts/people';
import { requireSignIn } from '@/lib/accounts/visitor';
import { makeWelcome, openWelcomes } from '@/lib/accounts/welcomes';
import { Problem } from '@/lib/problem';
import { parseJson, readBody } from '@/lib/read-json';
import { json, routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => {
    requireSignIn();
    const [people, invited] = await Promise.all([listPeople(), openWelcomes(Date.now())]);
    return json({ people, invited });
  },
  POST: async (request) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), inviteRequest);
    if (await hasAccount(asked.email)) {
      throw new Problem('person-exists', 'Change their role in the list.');
    }
    const link = await makeWelcome(asked, Date.now());
    const url = new URL(`/welcome/${link}`, serverConfig().PUBLIC_URL).href;
    return json({ url, email: asked.email }, 201);
  },
});
