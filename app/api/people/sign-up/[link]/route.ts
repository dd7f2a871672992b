// Creates the account of a sign-up link, once, and signs it in.

import { routes } from '@/app/api/routes';
import { limitGuesses } from '@/lib/auth/attempts';
import { accountRequest, signUp } from '@/lib/auth/people';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params: { link = '' } }) => {
    const asked = await readJson(server, request, accountRequest);
    return limitGuesses(server, request.headers, () =>
      signUp(server, link, asked, request.headers),
    );
  },
});
