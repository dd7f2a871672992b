// What LiveKit knows of a room. A room is looked for before anything else is asked of it: for one
// that is not live, ListDispatch and DeleteDispatch take 3 s to fail, and CreateDispatch makes it.
import type { AgentDispatch, ParticipantInfo, Room } from 'livekit-server-sdk';
import { Problem } from '@/lib/core/problem';
import { asked, type LiveKit } from '@/lib/livekit/clients';

/** The room of that name while it is live: someone is in it, or it is kept open for someone. */
export async function liveRoom(livekit: LiveKit, name: string): Promise<Room | undefined> {
  const rooms = await asked(livekit.rooms.listRooms([name]), []);
  return rooms.find((room) => room.name === name);
}

/**
 * The live room of that name.
 * @throws {Problem} 404 at once where there is none.
 */
export async function requireLiveRoom(livekit: LiveKit, name: string): Promise<Room> {
  const room = await liveRoom(livekit, name);
  if (room) return room;
  throw new Problem('unknown-room', 'It has ended or never was; names are case-sensitive.');
}

/** Who is in a live room, and which agents were sent there. */
export interface RoomFacts {
  readonly people: readonly ParticipantInfo[];
  readonly dispatches: readonly AgentDispatch[];
}

/** The facts of a room that is known to be live. */
export async function roomFacts(livekit: LiveKit, name: string): Promise<RoomFacts> {
  const [people, dispatches] = await Promise.all([
    asked(livekit.rooms.listParticipants(name), []),
    asked(livekit.dispatches.listDispatch(name), []),
  ]);
  return { people, dispatches };
}
