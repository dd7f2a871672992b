// The call that a room belongs to, from its participants' attributes.
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import { callOf } from '../call-id';

/**
 * Id of the call in the room; undefined if no participant has one, or the room does not exist.
 * @throws {Problem} 503 if LiveKit does not answer
 */
export async function callIn(livekit: LiveKit, room: string): Promise<string | undefined> {
  const people = await callLiveKit(livekit.rooms.listParticipants(room), []);
  return people.map(({ attributes }) => callOf(attributes)).find((call) => call);
}
