// Somebody's role, and their removal; also that of an invitation that nobody has used. What they lose the
// right to ends with it: what they hear of others' calls, and where they are removed, their own.
import { changeRole, removePerson, roleRequest } from '@/lib/accounts/people';
import { requireSignIn } from '@/lib/accounts/visitor';
import { removeWelcome } from '@/lib/accounts/welcomes';
import { leaveRooms, type Which } from '@/lib/dispatch/leave-rooms';
import { liveKit } from '@/lib/livekit';
import { parseJson, readBody } from '@/lib/read-json';
import { redact } from '@/lib/redact';
import { roleMay } from '@/lib/rights/rights';
import { routes } from '@/lib/route';
import { serverConfig } from '@/lib/server-config';

/** It is done, and stays done, where LiveKit is away: then there is no call to be in, or it is logged. */
async function leave(account: string, which: Which): Promise<void> {
  try {
    await leaveRooms(liveKit(serverConfig()), account, which);
  } catch (error) {
    console.error(redact(`account ${account} could not be taken out of calls: ${error}`));
  }
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  PUT: async (request, { id = '' }) => {
    requireSignIn();
    const { role } = parseJson(await readBody(request), roleRequest);
    await changeRole(id, role);
    if (!roleMay(role, 'watch')) await leave(id, 'listening');
    return new Response(null, { status: 204 });
  },
  DELETE: async (_, { id = '' }) => {
    requireSignIn();
    if (await removeWelcome(id)) return new Response(null, { status: 204 });
    await removePerson(id);
    await leave(id, 'all');
    return new Response(null, { status: 204 });
  },
});
