// What LiveKit knows about a room. Callers must first check that the room is live: otherwise ListDispatch and
// DeleteDispatch take 3 s to fail, and CreateDispatch creates the room.
import type { AgentDispatch, ParticipantInfo, Room } from 'livekit-server-sdk';
import { callOfPeople } from '@/lib/calls/call-id';
import { Problem } from '@/lib/core/problem';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

/** The room of that name while it is live: it has participants, or is kept open for them. */
export async function liveRoom(livekit: LiveKit, name: string): Promise<Room | undefined> {
  const rooms = await callLiveKit(livekit.rooms.listRooms([name]), []);
  return rooms.find((room) => room.name === name);
}

/**
 * The live room of that name.
 * @throws {Problem} 404 at once if there is none.
 */
export async function requireLiveRoom(livekit: LiveKit, name: string): Promise<Room> {
  const room = await liveRoom(livekit, name);
  if (room) return room;
  throw new Problem('unknown-room', 'It does not exist or has ended. Names are case-sensitive.');
}

/**
 * Id of the call in the room; undefined if no participant has one, or the room does not exist.
 * @throws {Problem} 503 if LiveKit does not answer
 */
export async function callIn(livekit: LiveKit, room: string): Promise<string | undefined> {
  const people = await callLiveKit(livekit.rooms.listParticipants(room), []);
  return callOfPeople(people);
}

/** The participants of a live room, and its dispatches. */
export interface RoomFacts {
  readonly people: readonly ParticipantInfo[];
  readonly dispatches: readonly AgentDispatch[];
}

/** The facts of a room that must be live. */
export async function roomFacts(livekit: LiveKit, name: string): Promise<RoomFacts> {
  const [people, dispatches] = await Promise.all([
    callLiveKit(livekit.rooms.listParticipants(name), []),
    callLiveKit(livekit.dispatches.listDispatch(name), []),
  ]);
  return { people, dispatches };
}

/**
 * One dispatch, with the `sid` and the participants of its room.
 * @throws {Problem} 404 if the room is not live or has no such dispatch
 */
export async function requireDispatch(livekit: LiveKit, room: string, id: string) {
  const { sid } = await requireLiveRoom(livekit, room);
  const { people, dispatches } = await roomFacts(livekit, room);
  const dispatch = dispatches.find((one) => one.id === id);
  if (!dispatch) throw unknownDispatch();
  return { sid, dispatch, people };
}

export const unknownDispatch = () =>
  new Problem(
    'unknown-dispatch',
    'It does not exist or was deleted. List the room to see its dispatches.',
  );

/** The facts of a room, for several who may need them. */
export type LiveFacts = () => Promise<RoomFacts | undefined>;

/**
 * Asks LiveKit for the facts of a room once, and only when they are needed.
 * @returns undefined if the room of that `sid` has ended
 * @throws {Problem} 503 if LiveKit does not respond
 */
export function liveFacts(
  livekit: LiveKit,
  { name, sid }: { readonly name: string; readonly sid: string },
): LiveFacts {
  let facts: Promise<RoomFacts | undefined> | undefined;
  const ask = async () => {
    const room = await liveRoom(livekit, name);
    return room?.sid === sid ? roomFacts(livekit, name) : undefined;
  };
  return () => {
    facts ??= ask();
    return facts;
  };
}
