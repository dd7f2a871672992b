// Whether LiveKit responds. Workers report to the web process themselves, so their reports go on while LiveKit hangs.
import { withTimeout } from '@/lib/core/wait';
import { callLiveKit } from '@/lib/livekit/clients';
import type { ReportServer } from '@/lib/livekit/server';

/** Milliseconds for which a response is considered fresh, so that not every token costs a request. */
const FRESH_MS = 2_000;
/** Milliseconds after which LiveKit counts as silent. Pages wait 3 s for the list of agents. Our own choice. */
const SILENT_MS = 1_500;

async function ask({ livekit, livekitSeen }: ReportServer): Promise<void> {
  // Listing a room that does not exist is the smallest request that checks the API key too.
  await callLiveKit(livekit.rooms.listRooms(['callboard-alive']), []);
  livekitSeen.at = Date.now();
}

/** Makes sure that LiveKit responds: a token for a server that is down looks valid but cannot be used. @throws {Problem} 503 */
export async function requireLiveKit(server: ReportServer): Promise<void> {
  const { livekitSeen: seen } = server;
  if (Date.now() - seen.at < FRESH_MS) return;
  seen.asking ??= ask(server).finally(() => {
    seen.asking = undefined;
  });
  await seen.asking;
}

/** Whether LiveKit responds, known within {@link SILENT_MS}. */
export const livekitResponds = (server: ReportServer): Promise<boolean> =>
  withTimeout(SILENT_MS, requireLiveKit(server)).then(
    () => true,
    () => false,
  );
