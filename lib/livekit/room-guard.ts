// Prevents a token from replacing a participant: LiveKit disconnects a participant when another one joins with the
// same identity. So the server is asked before a token for a chosen room and identity is signed.

import { Problem } from '@/lib/core/problem';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

/**
 * Makes sure that nobody in the room has the identity.
 * @throws {Problem} 409 if somebody has it; 503 if the server does not respond
 */
export async function requireFreeIdentity({ rooms }: LiveKit, room: string, identity: string) {
  const there = await callLiveKit(rooms.listParticipants(room), []);
  if (!there.some((one) => one.identity === identity)) return;
  throw new Problem(
    'identity-taken',
    'A participant in this room has this identity. Choose another, or omit it to get a generated one.',
  );
}
