// Keeps a token from taking a participant's place: LiveKit puts out whoever has the same identity in
// the room already, so the server is asked before a token for a chosen room and identity is signed.

import { Problem } from '@/lib/core/problem';
import { asked, type LiveKitServer, liveKit } from './clients';

/**
 * Makes sure that nobody in the room has the identity.
 * @throws {Problem} 409 when somebody has it, 503 when the server does not say.
 */
export async function requireFreeIdentity(server: LiveKitServer, room: string, identity: string) {
  const there = await asked(liveKit(server).rooms.listParticipants(room), []);
  if (!there.some((one) => one.identity === identity)) return;
  throw new Problem(
    'identity-taken',
    'Someone in this room has this identity. Choose another, or leave it out to be given one.',
  );
}
