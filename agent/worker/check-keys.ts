// Whether LiveKit takes this worker's key: the framework says "401" and goes on trying, for ever.
import { log } from '@livekit/agents';
import { type RoomServiceClient, ServerError } from 'livekit-server-sdk';

/** LiveKit's answer to a key or a secret that is not its own. */
const UNAUTHORIZED = 401;

/** Asks once, and logs what is to be mended. Any other trouble shows itself by itself. */
export async function checkKeys(
  rooms: Pick<RoomServiceClient, 'listRooms'>,
  url: string,
): Promise<void> {
  try {
    await rooms.listRooms([]);
  } catch (error) {
    if (!(error instanceof ServerError) || error.status !== UNAUTHORIZED) return;
    log().error(
      { url },
      'LIVEKIT_API_KEY and LIVEKIT_API_SECRET are not those of this LiveKit server: the key or the secret is wrong',
    );
  }
}
