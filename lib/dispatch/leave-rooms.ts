// Takes somebody out of the calls they are in by their account, when they lose the right to be there: a token
// that LiveKit has let in is good until its owner leaves. A server of one's own takes none back
// (https://github.com/livekit/livekit/pull/4344): who comes again with it, by a program of their own, is put out by
// `limits/look-at-joined.ts`. A listener, whom LiveKit tells nobody of, could come again until the call ends.
import { LISTENER_ATTRIBUTE } from '../listener';
import { asked, type LiveKit } from '../livekit';
import { PERSON_ATTRIBUTES } from '../signals';

/** Out of calls that they listen to, or of their own as well. */
export type Which = 'listening' | 'all';

const BY: Readonly<Record<Which, readonly string[]>> = {
  listening: [LISTENER_ATTRIBUTE],
  all: [LISTENER_ATTRIBUTE, PERSON_ATTRIBUTES.account],
};

/** @throws {Problem} 503 where LiveKit does not answer */
export async function leaveRooms(livekit: LiveKit, account: string, which: Which): Promise<void> {
  for (const { name } of await asked(livekit.rooms.listRooms(), [])) {
    const people = await asked(livekit.rooms.listParticipants(name), []);
    for (const { identity, attributes } of people) {
      if (!BY[which].some((one) => attributes[one] === account)) continue;
      await asked(livekit.rooms.removeParticipant(name, identity), undefined);
    }
  }
}
