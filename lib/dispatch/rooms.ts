// Lists live rooms with their participants, creates rooms with agents, and ends rooms for everyone.
import { recordEvent } from '@/lib/calls/ingest/record-event';
import { Problem } from '@/lib/core/problem';
import { closingNote } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { deploymentOf } from '@/lib/livekit/dispatch';
import { requireLiveWorker } from './live-worker';
import { openRoom, type RoomPlan } from './open-room';
import { requireLiveRoom } from './room-facts';
import { occupiedRoomView, roomView } from './views';

/** Most rooms in a list, the newest first. Each takes a request to LiveKit. Our own choice. */
const ROOMS_MAX = 100;

/** The live rooms, newest first, and their total number. */
export async function listRooms(livekit: LiveKit) {
  const rooms = await asked(livekit.rooms.listRooms(), []);
  const newest = rooms
    .toSorted((a, b) => Number(b.creationTimeMs - a.creationTimeMs))
    .slice(0, ROOMS_MAX);
  const views = newest.map(async (room) =>
    occupiedRoomView(room, await asked(livekit.rooms.listParticipants(room.name), [])),
  );
  return { rooms: await Promise.all(views), total: rooms.length };
}

/**
 * Creates a room with its agents.
 * @param force even if an agent has no live worker
 * @param by the kind of client
 * @throws {Problem} 409 if the room exists or an agent has no live worker.
 */
export async function createRoom(
  livekit: LiveKit,
  plan: RoomPlan,
  force = false,
  by: 'page' | 'api' = 'api',
) {
  if (!force) plan.agents.forEach(requireLiveWorker);
  const opened = await openRoom(livekit, plan, by);
  if (!opened) {
    const detail = 'Dispatch agents to it, or choose another name.';
    throw new Problem('room-exists', detail);
  }
  return {
    room: plan.name,
    ...roomView(opened.room),
    agents: opened.dispatches.map((dispatch) => ({
      agent: dispatch.agentName,
      deployment: deploymentOf(dispatch),
      metadata: dispatch.metadata,
      dispatch_id: dispatch.id,
    })),
  };
}

/**
 * Ends a room for everyone. The reason is first written to the room's metadata, which reaches participants on the
 * same connection before the end.
 * @throws {Problem} 404 if the room is not live.
 */
export async function endRoom(livekit: LiveKit, name: string, reason?: string): Promise<void> {
  const { sid } = await requireLiveRoom(livekit, name);
  const at = Date.now();
  if (reason) {
    const note = closingNote.parse({ callboard: { closing: reason } });
    await asked(livekit.rooms.updateRoomMetadata(name, JSON.stringify(note)), undefined);
  }
  await asked(livekit.rooms.deleteRoom(name), undefined);
  recordEvent({ room: name, roomSid: sid, at }, { kind: 'ended', why: 'closed', reason });
}
