// Redeems an invitation link once for an account, and signs it in.
import { limitGuesses } from '@/lib/auth/attempts';
import { acceptWelcome, accountRequest } from '@/lib/auth/people';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { link = '' }) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), accountRequest);
    return limitGuesses(request.headers, () => acceptWelcome(link, asked, request.headers));
  },
});
