// Checks that the LiveKit server responds before a caller gets a token for it: a token for a server that is down
// looks valid but cannot be used.

import { processSingleton } from '@/lib/core/process-singleton';
import { callLiveKit, type LiveKitServer, liveKit } from './clients';

/** Milliseconds for which a response is considered fresh, so that not every token costs a request. */
const FRESH_MS = 2_000;

const lastResponse = processSingleton('livekit-seen', () => ({ at: 0 }));

/**
 * Makes sure that the server responded within the last {@link FRESH_MS}, or does now.
 * @throws {Problem} 503 if it does not respond
 */
export async function requireLiveKit(server: LiveKitServer): Promise<void> {
  const now = Date.now();
  if (now - lastResponse().at < FRESH_MS) return;
  // Listing a room that does not exist is the smallest request that checks the API key too.
  await callLiveKit(liveKit(server).rooms.listRooms(['callboard-alive']), []);
  lastResponse().at = Date.now();
}
