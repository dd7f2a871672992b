// Redeems an invitation link once for an account, and signs it in.

import { routes } from '@/app/api/routes';
import { limitGuesses } from '@/lib/auth/attempts';
import { acceptWelcome, accountRequest } from '@/lib/auth/people';
import { requireSignIn } from '@/lib/auth/visitor';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params: { link = '' } }) => {
    requireSignIn();
    const asked = parseJson(await readBody(server, request), accountRequest);
    return limitGuesses(server, request.headers, () =>
      acceptWelcome(server, link, asked, request.headers),
    );
  },
});
