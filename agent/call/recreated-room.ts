// Rooms that exist again after their end: a late joiner recreates them, and nobody else would end them. A room that
// LiveKit has moved to another node is recreated as well, but its caller comes back.
import { setTimeout as pause } from 'node:timers/promises';
import { type JobContext, log } from '@livekit/agents';
import { waitForPerson } from '@/agent/core/people';
import { withTimeout } from '@/lib/core/wait';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';

/** Milliseconds within which LiveKit's client has rejoined a room: measured 180. */
const REJOIN_MS = 400;
/**
 * Milliseconds for the caller to return to a recreated room. After a restart of the server, LiveKit's client for
 * browsers took up to 7 s.
 */
const BACK_MS = 8_000;

/**
 * Ends a room that was ended and exists again: LiveKit's client can mistake the end for a broken connection and
 * recreate the room by rejoining.
 */
export async function endRecreatedRoom({ job }: JobContext, { rooms }: LiveKit): Promise<void> {
  const name = job.room?.name ?? '';
  try {
    await pause(REJOIN_MS);
    const [again] = await rooms.listRooms([name]);
    // This number does not include agents.
    if (again && again.sid !== job.room?.sid && again.numParticipants === 0) {
      await rooms.deleteRoom(name);
    }
  } catch (error) {
    log().warn({ error }, 'checking for a recreated room failed');
  }
}

/**
 * Whether the room had ended before the job joined it: LiveKit still assigns the job for a fifth of a second, and joining
 * recreates the room with nobody to end it.
 */
export async function endedBeforeJoining(
  { room, job }: JobContext,
  { rooms }: LiveKit,
  ended: Promise<unknown>,
): Promise<boolean> {
  const sid = await room.getSid();
  // Empty if the job has been shut down meanwhile.
  if (sid === '' || sid === job.room?.sid) return false;
  if (await withTimeout(BACK_MS, waitForPerson(room, ended)).catch(() => false)) return false;
  // LiveKit reports a caller who sends no audio up to three seconds late.
  const people = await callLiveKit(rooms.listParticipants(room.name ?? ''), []);
  return people.every(({ identity }) => identity === room.localParticipant?.identity);
}
