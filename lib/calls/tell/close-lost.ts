// Looks every quarter of a minute whether the calls that are on have a room still. LiveKit's webhooks
// are lost where nobody takes them for 15 s, and a server that is killed sends none.
import { poll } from '@/lib/core/wait';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { closeLostCalls, hasOpenCalls } from '../store/store';

/** Milliseconds between looks. Our own choice: a call without a room is shown as on no longer. */
const LOOK_EVERY_MS = 15_000;

/** Looks once. @throws {Problem} 503 where LiveKit or the database is away */
export async function closeLost(livekit: LiveKit, begun?: number): Promise<void> {
  // Nobody is asked about rooms while no call is on.
  if (!(await hasOpenCalls())) return;
  const rooms = await asked(livekit.rooms.listRooms(), []);
  await closeLostCalls(new Set(rooms.map(({ sid }) => sid)), Date.now(), begun);
}

/** Looks until it is stopped; returns what stops it. */
export function keepClosingLost(livekit: LiveKit): () => Promise<void> {
  const begun = Date.now();
  return poll(LOOK_EVERY_MS, 'calls: lost ones cannot be looked for', () =>
    closeLost(livekit, begun),
  );
}
