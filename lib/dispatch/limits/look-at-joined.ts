// Looks at whoever joined: a token holds some minutes, in which its bearer may have hung up the call it was for,
// begun another one with a second token, or lost their account. LiveKit lets them in all the same, and sends the
// token's agent.
import { inspect } from 'node:util';
import { eq } from 'drizzle-orm';
import { accounts } from '@/lib/auth/tables';
import { callOf } from '@/lib/calls/call-id';
import { leftBy } from '@/lib/calls/store/store';
import type { EventPerson, RoomEvent } from '@/lib/calls/webhooks/event';
import { redact } from '@/lib/core/redact';
import { whySignIn } from '@/lib/core/sign-in-mode';
import { withDatabase } from '@/lib/db/database';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { KIND_AGENT } from '../presence';
import { endRoom } from '../rooms';
import { isInEarlier } from './one-call';
import { whyNoStranger } from './strangers';
import { oneCallOf } from './who-calls';

/** LiveKit's reasons for which nobody comes back to a room that is over: by their will, or as it was ended. */
const FOR_GOOD = ['CLIENT_INITIATED', 'PARTICIPANT_REMOVED', 'ROOM_DELETED'];

/**
 * Puts out somebody who comes with a used token, is in another call already, was removed, or is one stranger too
 * many; a room that is
 * theirs alone is ended. Where that cannot be found out, they may stay: calls begin also while the database is away.
 * @returns whether they had to go
 */
export async function lookAtJoined(livekit: LiveKit, event: RoomEvent): Promise<boolean> {
  const { name, room, person } = event;
  if (name !== 'participant_joined' || person?.kind !== 'standard') return false;
  try {
    const why = await whyNot(livekit, event, person);
    if (why === undefined) return false;
    const there = await asked(livekit.rooms.listParticipants(room.name), []);
    const alone = there.every(({ kind, sid }) => sid === person.sid || kind === KIND_AGENT);
    if (alone) await endRoom(livekit, room.name, why);
    else await asked(livekit.rooms.removeParticipant(room.name, person.identity), undefined);
    return true;
  } catch (error) {
    console.error(redact(`limits: who joined could not be looked at: ${inspect(error)}`));
    return false;
  }
}

async function isRemoved(account: string): Promise<boolean> {
  const found = await withDatabase((db) =>
    db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, account)),
  );
  return found.length === 0;
}

/** Why they may not be there, as their page says it; undefined where they may. */
async function whyNot(
  livekit: LiveKit,
  { room, at, exactly = at }: RoomEvent,
  { identity, sid, attributes }: EventPerson,
): Promise<string | undefined> {
  const account = attributes[PERSON_ATTRIBUTES.account];
  if (account && whySignIn(process.env) && (await isRemoved(account))) {
    return 'Your account was removed.';
  }
  const call = callOf(attributes);
  const left = call === undefined ? [] : await leftBy(call, room.name, identity);
  if (left.some(({ roomSid, why }) => roomSid !== room.sid && FOR_GOOD.includes(why))) {
    return 'This call is over. Start a new one.';
  }
  const who = oneCallOf(identity, attributes);
  const other = who && (await isInEarlier(livekit, who, { room: room.name, at: exactly, sid }));
  if (other) return 'You are in another call already. End that one first.';
  return whyNoStranger(livekit, room.name, attributes);
}
