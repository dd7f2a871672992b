// Whether the LiveKit server answers, before a caller is sent there: a token for a server that is gone
// looks right and leads nowhere.

import { processSingleton } from '@/lib/core/process-singleton';
import { asked, type LiveKitServer, liveKit } from './clients';

/** Milliseconds for which an answer counts: a caller does not wait for a question for each token. */
const FRESH_MS = 2_000;

const seen = processSingleton('livekit-seen', () => ({ at: 0 }));

/**
 * Makes sure that the server answered within the last {@link FRESH_MS}, or does now.
 * @throws {Problem} 503 where it does not.
 */
export async function requireLiveKit(server: LiveKitServer): Promise<void> {
  const now = Date.now();
  if (now - seen().at < FRESH_MS) return;
  // Rooms of a name that none has: the smallest question that a key answers.
  await asked(liveKit(server).rooms.listRooms(['callboard-alive']), []);
  seen().at = Date.now();
}
