// What: joins a job's room with any options of LiveKit's client.
// Why: `ctx.connect` passes three of them on, and not the one that avoids a hanging connection (lib/livekit/room-options.ts).
// Upstream: none reported for Node; Python has it (https://github.com/livekit/agents/pull/5966). `ctx.connect` would
// have to take all `RoomOptions`.
import type { JobContext } from '@livekit/agents';
import type { RoomOptions } from '@livekit/rtc-node';

/** Joins the room. */
export function connectWithOptions(
  ctx: Pick<JobContext, 'connect' | 'room'>,
  options: RoomOptions,
): Promise<void> {
  const { room } = ctx;
  const connect = room.connect.bind(room);
  room.connect = (url, token, own) => connect(url, token, { ...options, ...own });
  return ctx.connect();
}
