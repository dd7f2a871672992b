// A new password, by a link that an admin made: whoever sets it is signed in at once, here alone.
import { newPassword, setPassword } from '@/lib/auth/password-links';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { takeOut } from '@/lib/dispatch/leave-rooms';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { link = '' }) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), newPassword);
    const { answer, account } = await setPassword(link, asked, request.headers);
    // Whoever took the account over may be listening to a call.
    await takeOut(account, 'listening');
    return answer;
  },
});
