import type { JobContext } from '@livekit/agents';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';

/** Connects to the job's room. The framework does not pass these options on. */
export function joinRoom(ctx: JobContext): Promise<void> {
  const { room } = ctx;
  const connect = room.connect.bind(room);
  room.connect = (url, token, options) => connect(url, token, { ...ROOM_OPTIONS, ...options });
  return ctx.connect();
}
