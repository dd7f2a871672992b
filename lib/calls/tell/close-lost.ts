// Checks every quarter of a minute whether open calls still have a room. LiveKit drops a webhook that nobody accepts
// for 15 s, and a killed server sends none.
import { poll } from '@/lib/core/wait';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { closeLostCalls, hasOpenCalls } from '../store/store';

/** Milliseconds between checks. Our own choice: how long a call without a room may still appear as live. */
const LOOK_EVERY_MS = 15_000;

/** Checks once. @throws {Problem} 503 if LiveKit or the database is unavailable */
export async function closeLost(livekit: LiveKit, begun?: number): Promise<void> {
  // Without open calls, LiveKit need not be asked for rooms.
  if (!(await hasOpenCalls())) return;
  const rooms = await asked(livekit.rooms.listRooms(), []);
  await closeLostCalls(new Set(rooms.map(({ sid }) => sid)), Date.now(), begun);
}

/** Checks repeatedly; returns a function that stops it. */
export function keepClosingLost(livekit: LiveKit): () => Promise<void> {
  const begun = Date.now();
  return poll(LOOK_EVERY_MS, 'calls: cannot check for lost calls', () => closeLost(livekit, begun));
}
