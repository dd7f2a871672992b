// Limits how often one token is used. A token is valid for minutes, in which its bearer can join and leave any number
// of times; and each time that the room has ended meanwhile, LiveKit creates it again, with an agent in it.

import { callOf, noteOfCall } from '@/lib/calls/call-id';
import type { CallsServer } from '@/lib/calls/server';
import type { EventPerson, RoomEvent } from '@/lib/calls/webhooks/event';
import { sharedState } from '@/lib/cluster/shared-state';
import { isProblem } from '@/lib/core/problem';
import { countJoined, countRestart } from '@/lib/dispatch/limits/limit-starts';
import { limitedCaller } from '@/lib/dispatch/limits/one-call';
import { endRoom } from '@/lib/dispatch/rooms';
import type { DispatchServer } from '@/lib/dispatch/server';
import { closingOf, PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callLiveKit } from '@/lib/livekit/clients';

/**
 * Maximum joins of a participant with one token in {@link WINDOW_MS}. Our own choice: LiveKit's clients resume a
 * connection without joining again, and join again at most every 7 s.
 */
export const JOINS_MAX = 10;
const WINDOW_MS = 60_000;
/** Maximum rooms that one token may create: the first, and new ones after restarts of LiveKit or long interruptions. Our own choice. */
export const ROOMS_MAX = 3;
/** Seconds for which a room is held: a token's five minutes, and a minute of LiveKit's tolerance. */
const HOLD_S = 360;

const TOO_OFTEN = 'You joined this call too often in a short time. Start a new one.';
const TOO_MANY = 'There were too many calls in a short time. Try again in some minutes.';

interface Uses {
  /** The latest joins: sid of the participant, which tells a webhook that is sent again, and milliseconds since 1970. */
  readonly joins: readonly { readonly sid: string; readonly at: number }[];
  /** Sids of the rooms, up to one more than the maximum. */
  readonly rooms: readonly string[];
}

/** By room, identity and call: what a token fixes. */
const uses = sharedState<Uses>('token-uses');

/** The uses after one more join. */
export function afterJoin(
  before: Uses | undefined,
  { sid, at }: Uses['joins'][number],
  roomSid: string,
): Uses {
  const joins = (before?.joins ?? []).filter((one) => one.sid !== sid && at - one.at < WINDOW_MS);
  const rooms = before?.rooms ?? [];
  return {
    joins: [...joins, { sid, at }].slice(-JOINS_MAX - 1),
    rooms: rooms.includes(roomSid) ? rooms : [...rooms, roomSid].slice(0, ROOMS_MAX + 1),
  };
}

/** Whether these are more than a person needs. */
export const isTooOften = ({ joins, rooms }: Uses): boolean =>
  joins.length > JOINS_MAX || rooms.length > ROOMS_MAX;

/**
 * Counts a join. Each further room that a token creates counts as the start of a call.
 * @returns why they may not stay, as their page shows it; undefined if they may stay
 * @throws {Problem} 503 if the database does not respond
 */
export async function checkRejoin(
  server: DispatchServer,
  { room, heard }: Pick<RoomEvent, 'room' | 'heard'>,
  { identity, sid, attributes }: Pick<EventPerson, 'identity' | 'sid' | 'attributes'>,
): Promise<string | undefined> {
  const key = JSON.stringify([room.name, identity, callOf(attributes)]);
  const { isNew, often } = await uses.change(server, key, (before) => {
    const after = afterJoin(before, { sid, at: heard }, room.sid);
    const isNew = before !== undefined && after.rooms.length > before.rooms.length;
    return { after, result: { isNew, often: isTooOften(after) } };
  });
  if (often) return TOO_OFTEN;
  if (!isNew) return undefined;
  const agent = attributes[PERSON_ATTRIBUTES.anonymous];
  const who = limitedCaller(identity, attributes);
  const allowed = agent
    ? await countJoined(server, agent)
    : who === undefined || (await countRestart(server, who));
  return allowed ? undefined : TOO_MANY;
}

/** Whether a room is held: it has a closing reason from its beginning. */
export const isHeld = (metadata: string): boolean => closingOf(metadata) !== undefined;

/**
 * Ends a room and keeps an empty one of its name for as long as the token is valid. LiveKit dispatches a token's agent
 * only with a new room, so joining this one brings none.
 * @throws {Problem} 503 if LiveKit does not respond
 */
export async function holdRoom(
  server: CallsServer,
  name: string,
  call: string | undefined,
  why: string,
): Promise<void> {
  const { livekit } = server;
  try {
    await endRoom(server, name, why);
  } catch (error) {
    // They have left, and it has ended: the next join would create it again.
    if (!isProblem(error) || error.kind !== 'unknown-room') throw error;
  }
  const note = call === undefined ? {} : JSON.parse(noteOfCall(call)).callboard;
  await callLiveKit(
    livekit.rooms.createRoom({
      name,
      emptyTimeout: HOLD_S,
      departureTimeout: HOLD_S,
      metadata: JSON.stringify({ callboard: { ...note, closing: why } }),
    }),
    undefined,
  );
}
