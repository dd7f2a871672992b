// Checks each participant who joins. A token is valid for some minutes, in which its bearer may have ended its
// call, started another, or lost their account. LiveKit would still admit them and dispatch the token's agent.

import { ParticipantInfo_Kind } from '@livekit/protocol';
import { accountExists } from '@/lib/auth/account-changes';
import { callOf } from '@/lib/calls/call-id';
import { leftBy } from '@/lib/calls/store/store';
import type { EventPerson, RoomEvent } from '@/lib/calls/webhooks/event';
import { logError } from '@/lib/core/log';
import { whySignIn } from '@/lib/core/sign-in-mode';
import { earlyRoomJoined } from '@/lib/dispatch/early-room';
import { checkAnonymous } from '@/lib/dispatch/limits/anonymous';
import { isInEarlierCall, limitedCaller } from '@/lib/dispatch/limits/one-call';
import { checkRejoin, holdRoom, isHeld } from '@/lib/dispatch/limits/rejoin';
import { endRoom } from '@/lib/dispatch/rooms';
import type { DispatchServer } from '@/lib/dispatch/server';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callLiveKit } from '@/lib/livekit/clients';
import type { EndReason } from '@/lib/livekit/end-reason';

/** Reasons after which a participant does not return: they left on purpose, or were removed. */
const FINAL_REASONS: readonly EndReason[] = ['left', 'removed', 'room-deleted'];

/**
 * Removes a participant who joins with a used token, or too often, is already in another call, has no account any more,
 * or is one anonymous caller too many. Ends the room if they are alone in it. If the check fails they may stay: calls also
 * start while the database is unavailable.
 * @returns whether they were removed, or the room is only held
 */
export async function checkJoined(server: DispatchServer, event: RoomEvent): Promise<boolean> {
  const { livekit } = server;
  const { name, room, person } = event;
  if (name === 'room_started') return isHeld(room.metadata);
  if (name !== 'participant_joined' || person?.kind !== 'standard') return false;
  try {
    const rejoin = await checkRejoin(server, event, person);
    const why = rejoin ?? (await reasonToRemove(server, event, person));
    if (why === undefined) {
      await earlyRoomJoined(server, room.name, person);
      return false;
    }
    const there = await callLiveKit(livekit.rooms.listParticipants(room.name), []);
    const alone = there.every(
      ({ kind, sid }) => sid === person.sid || kind === ParticipantInfo_Kind.AGENT,
    );
    if (alone && !isHeld(room.metadata)) {
      if (rejoin !== undefined) await holdRoom(server, room.name, callOf(person.attributes), why);
      else await endRoom(server, room.name, why);
    } else
      await callLiveKit(livekit.rooms.removeParticipant(room.name, person.identity), undefined);
    return true;
  } catch (error) {
    logError('limits: could not check who joined', error);
    return false;
  }
}

/** Why they may not be there, as their page shows it; undefined if they may. */
async function reasonToRemove(
  server: DispatchServer,
  { room, at, exactly = at }: RoomEvent,
  { identity, sid, attributes }: EventPerson,
): Promise<string | undefined> {
  const account = attributes[PERSON_ATTRIBUTES.account];
  if (account && whySignIn(process.env) && !(await accountExists(server, account))) {
    return 'Your account was removed.';
  }
  const call = callOf(attributes);
  const left = call === undefined ? [] : await leftBy(server, call, room.name, identity);
  if (left.some(({ roomSid, why }) => roomSid !== room.sid && FINAL_REASONS.includes(why))) {
    return 'This call has ended. Start a new one: each call needs a new token.';
  }
  const who = limitedCaller(identity, attributes);
  const other = who && (await isInEarlierCall(server, who, { room: room.name, at: exactly, sid }));
  if (other) return 'You are in another call already. End that one first.';
  return checkAnonymous(server, room.name, attributes);
}
