// A new password, by a link that an admin made: whoever sets it is signed in at once, here alone.
import { newPassword, setPassword } from '@/lib/accounts/password-links';
import { requireSignIn } from '@/lib/accounts/visitor';
import { parseJson, readBody } from '@/lib/read-json';
import { routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { link = '' }) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), newPassword);
    return setPassword(link, asked, request.headers);
  },
});
