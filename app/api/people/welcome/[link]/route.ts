// A link that lets somebody in: redeemed once for an account, which is signed in at once.
import { acceptWelcome, accountRequest } from '@/lib/accounts/people';
import { requireSignIn } from '@/lib/accounts/visitor';
import { parseJson, readBody } from '@/lib/read-json';
import { routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { link = '' }) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), accountRequest);
    return acceptWelcome(link, asked, request.headers);
  },
});
