// The key in the private address of the diary, for calendar programs: made anew, shown this once, or taken back.
import { makeCalendarKey, removeCalendarKey } from '@/lib/accounts/calendar-key';
import { requireSignIn } from '@/lib/accounts/visitor';
import { json, routes } from '@/lib/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (_request, _, visitor) => {
    requireSignIn();
    return json({ key: await makeCalendarKey(visitor) }, 201);
  },
  DELETE: async (_request, _, { account = '' }) => {
    requireSignIn();
    await removeCalendarKey(account);
    return new Response(null, { status: 204 });
  },
});
