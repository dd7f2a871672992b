// Sets a new password with an admin's link. Signs the person in here, and out everywhere else.

import { routes } from '@/app/api/routes';
import { limitGuesses } from '@/lib/auth/attempts';
import { newPassword, setPassword } from '@/lib/auth/people';
import { removeFromCalls } from '@/lib/dispatch/remove-from-calls';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params: { link = '' } }) => {
    const asked = await readJson(server, request, newPassword);
    const { answer, account } = await limitGuesses(server, request.headers, () =>
      setPassword(server, link, asked, request.headers),
    );
    // Somebody who took over the account may be listening to a call.
    await removeFromCalls(server, account, 'listening');
    return answer;
  },
});
