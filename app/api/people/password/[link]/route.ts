// Sets a new password with an admin's link. Signs the person in here, and out everywhere else.
import { limitGuesses } from '@/lib/auth/attempts';
import { newPassword, setPassword } from '@/lib/auth/people';
import { routes } from '@/lib/auth/route';
import { requireSignIn } from '@/lib/auth/visitor';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';
import { parseJson, readBody } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { link = '' }) => {
    requireSignIn();
    const asked = parseJson(await readBody(request), newPassword);
    const { answer, account } = await limitGuesses(request.headers, () =>
      setPassword(link, asked, request.headers),
    );
    // Somebody who took over the account may be listening to a call.
    await removeFromCalls(account, 'listening');
    return answer;
  },
});
