// The call that a room is in the middle of, as its people carry it.
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { callOf } from '../call-id';

/**
 * Id of the call in the room; undefined where nobody there has one, or there is no such room.
 * @throws {Problem} 503 where LiveKit does not answer.
 */
export async function callIn(livekit: LiveKit, room: string): Promise<string | undefined> {
  const people = await asked(livekit.rooms.listParticipants(room), []);
  return people.map(({ attributes }) => callOf(attributes)).find((call) => call);
}
