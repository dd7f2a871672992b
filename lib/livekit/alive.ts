// Checks that the LiveKit server responds before a caller gets a token for it: a token for a server that is down
// looks valid but cannot be used.

import { callLiveKit } from '@/lib/livekit/clients';
import type { ReportServer } from '@/lib/livekit/server';

/** Milliseconds for which a response is considered fresh, so that not every token costs a request. */
const FRESH_MS = 2_000;

/**
 * Makes sure that the server responded within the last {@link FRESH_MS}, or does now.
 * @throws {Problem} 503 if it does not respond
 */
export async function requireLiveKit(server: ReportServer): Promise<void> {
  const now = Date.now();
  if (now - server.livekitSeen.at < FRESH_MS) return;
  // Listing a room that does not exist is the smallest request that checks the API key too.
  await callLiveKit(server.livekit.rooms.listRooms(['callboard-alive']), []);
  server.livekitSeen.at = Date.now();
}
