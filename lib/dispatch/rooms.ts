// Rooms as a whole: which are live and who is in them, one made with agents in it, one ended for
// everyone in it.
import { tell } from '@/lib/calls/tell/tell';
import { shownDeployment } from '@/lib/core/deployment';
import { Problem } from '@/lib/core/problem';
import { closingNote } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { requireLiveWorker } from './live-worker';
import { openRoom, type RoomPlan } from './open-room';
import { requireLiveRoom } from './room-facts';
import { occupiedRoomView, roomView } from './views';

/** Most rooms listed, the newest. Each takes a question to LiveKit of its own. Our own choice. */
const ROOMS_MAX = 100;

/** The live rooms, newest first, and how many there are in all. */
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
 * Makes a room with its agents.
 * @param by who asks
 * @param force also where no worker is live for one of them
 * @throws {Problem} 409 where the room exists or an agent has no live worker.
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
    const detail = 'Send agents into it by its dispatches, or choose another name.';
    throw new Problem('room-exists', detail);
  }
  return {
    room: plan.name,
    ...roomView(opened.room),
    agents: opened.dispatches.map((dispatch) => ({
      agent: dispatch.agentName,
      deployment: shownDeployment(dispatch.deployment),
      metadata: dispatch.metadata,
      dispatch_id: dispatch.id,
    })),
  };
}

/**
 * Ends a room for everyone. The reason goes before as the room's metadata, which reaches its people
 * on the same connection as the end, and so before it.
 * @throws {Problem} 404 where the room is not live.
 */
export async function endRoom(livekit: LiveKit, name: string, reason?: string): Promise<void> {
  const { sid } = await requireLiveRoom(livekit, name);
  const at = Date.now();
  if (reason) {
    const note = closingNote.parse({ callboard: { closing: reason } });
    await asked(livekit.rooms.updateRoomMetadata(name, JSON.stringify(note)), undefined);
  }
  await asked(livekit.rooms.deleteRoom(name), undefined);
  tell({ room: name, roomSid: sid, at }, { kind: 'ended', why: 'closed', reason });
}
