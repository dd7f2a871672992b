// The agent goes to the room of its job.
import type { JobContext } from '@livekit/agents';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';

/** Joins it. The framework itself hands on no such options. */
export function joinRoom(ctx: JobContext): Promise<void> {
  const { room } = ctx;
  const connect = room.connect.bind(room);
  room.connect = (url, token, options) => connect(url, token, { ...ROOM_OPTIONS, ...options });
  return ctx.connect();
}
