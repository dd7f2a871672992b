// Whether LiveKit accepts this worker's key: the framework logs "401" and retries forever.
import { log } from '@livekit/agents';
import { type RoomServiceClient, ServerError } from 'livekit-server-sdk';

/** LiveKit's answer to an unknown key or a wrong secret. */
const UNAUTHORIZED = 401;

/** Checks once and logs how to fix it. Other errors appear elsewhere. */
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
      'LIVEKIT_API_KEY and LIVEKIT_API_SECRET do not match this LiveKit server: the key or the secret is wrong',
    );
  }
}
