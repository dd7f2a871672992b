// Lets somebody listen to a live call whom nobody in it is told of. LiveKit does not announce hidden
// participants; of those only agents neither keep a room open, nor count among its people, nor have
// it shown as recorded, so a listener joins as one.
import { AccessToken, RoomConfiguration } from 'livekit-server-sdk';
import { unguessable } from './dispatch/checks';
import { requireLiveRoom } from './dispatch/room-facts';
import type { LiveKit } from './livekit';

/** Seconds in which the token must be used. The page joins at once. */
const TOKEN_TTL_SECONDS = 60;
/** Seconds without people after which a room is closed that a late token made: LiveKit's least. */
const AT_ONCE = 1;

/** Participant attribute with the account of who listens, where people sign in: nobody is shown it. */
export const LISTENER_ATTRIBUTE = 'callboard.listener';

/** What signs tokens: LiveKit's key and secret. */
interface Signer {
  readonly LIVEKIT_API_KEY: string;
  readonly LIVEKIT_API_SECRET: string;
}

/**
 * The token of a listener: joining this room unseen and hearing it, and nothing else.
 * @param account of whoever listens
 * @throws {Problem} 404 where the room is not live, 503 where LiveKit does not answer
 */
export async function admitListener(
  livekit: LiveKit,
  room: string,
  { LIVEKIT_API_KEY, LIVEKIT_API_SECRET }: Signer,
  account?: string,
): Promise<string> {
  await requireLiveRoom(livekit, room);
  const token = new AccessToken(LIVEKIT_API_KEY, LIVEKIT_API_SECRET, {
    identity: unguessable('listener'),
    ttl: TOKEN_TTL_SECONDS,
    attributes: account === undefined ? {} : { [LISTENER_ATTRIBUTE]: account },
  });
  token.kind = 'agent';
  token.addGrant({
    roomJoin: true,
    room,
    hidden: true,
    canPublish: false,
    canPublishData: false,
    canSubscribe: true,
    canUpdateOwnMetadata: false,
  });
  token.roomConfig = new RoomConfiguration({ emptyTimeout: AT_ONCE, departureTimeout: AT_ONCE });
  return token.toJwt();
}
