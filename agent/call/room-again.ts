// Rooms that are there again after their end: who joins late makes them anew, and nobody else would end them. But a
// room that LiveKit has moved to another node is made anew as well, and its caller comes back into it.
import { setTimeout as pause } from 'node:timers/promises';
import { type JobContext, log } from '@livekit/agents';
import type { Config } from '../../lib/core/config';
import { agentsIn } from '../../lib/dispatch/presence';
import { asked, liveKit } from '../../lib/livekit/clients';
import { somebodyCame } from './people';

/** Milliseconds in which LiveKit's client has joined a room once more: measured 180. */
const REJOIN_MS = 400;
/** Milliseconds for the caller to be back in a room that is made anew: it comes when its agents come. */
const BACK_MS = 2_000;

/**
 * Ends a room that was ended and is there again: LiveKit's client can take the end for a broken connection, and
 * makes the room anew by joining once more.
 */
export async function endAgain({ job }: JobContext, config: Config): Promise<void> {
  const name = job.room?.name ?? '';
  try {
    await pause(REJOIN_MS);
    const { rooms } = liveKit(config);
    const [again] = await rooms.listRooms([name]);
    // Of agents this number knows nothing.
    if (again && again.sid !== job.room?.sid && again.numParticipants === 0) {
      await rooms.deleteRoom(name);
    }
  } catch (error) {
    log().warn({ error }, 'whether the room is there again could not be asked');
  }
}

/**
 * Whether the room had ended before the job was in it: LiveKit gives the job out all the same for a
 * fifth of a second, and its joining makes the room anew, with nobody there who could end it. A room that LiveKit
 * has moved to another node is made anew as well, but its caller comes back.
 */
export async function endedBefore(
  { room, job }: JobContext,
  config: Config,
  ended: Promise<unknown>,
): Promise<boolean> {
  const sid = await room.getSid();
  // Empty where it was asked to leave by now.
  if (sid === '' || sid === job.room?.sid) return false;
  if (await Promise.race([somebodyCame(room, ended), pause(BACK_MS, false)])) return false;
  // LiveKit tells agents up to three seconds late of a caller who is silent.
  const people = await asked(liveKit(config).rooms.listParticipants(room.name ?? ''), []);
  return people.length === agentsIn(people).length;
}
