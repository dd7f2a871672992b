// What: joins a job's room with any options of LiveKit's client, and tells when it is joined.
// Why: `ctx.connect` passes three of them on, and not the one that avoids a hanging connection (lib/livekit/room-options.ts).
// An agent's own code may call it, or start a session that does, and Node's client emits no event when it has connected.
// Upstream: none reported for Node; Python has it (https://github.com/livekit/agents/pull/5966). `ctx.connect` would
// have to take all `RoomOptions`.
import type { Room, RoomOptions } from '@livekit/rtc-node';

/**
 * Sets the options with which the room will be joined. Call it before that.
 * @returns resolves when the room has been joined
 */
export function setRoomOptions(room: Pick<Room, 'connect'>, options: RoomOptions): Promise<void> {
  const connect = room.connect.bind(room);
  return new Promise((joined) => {
    room.connect = async (url, token, own) => {
      await connect(url, token, { ...options, ...own });
      joined();
    };
  });
}
