// Allows each caller one live call if the server is reachable from other machines: open pages of one person must not
// multiply the cost of agents. Only participants in a room count, so LiveKit is asked.

import { setTimeout as pause } from 'node:timers/promises';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Visitor } from '@/lib/auth/permissions';
import { callRooms, calls } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { englishDuration } from '@/lib/core/figures';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callerKey } from '@/lib/livekit/caller-key';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import type { TokenRequest } from '@/lib/livekit/token-request';

/**
 * How many of a caller's open calls are checked, the latest first: more than can be started before calls that
 * nobody joined are closed. Otherwise a few unused tokens would hide the active call.
 */
const ROOMS_MAX = 100;
/** Milliseconds to wait for a call that is just ending; a page leaves much faster. */
const LEAVING_MS = 3_000;
const POLL_MS = 250;
/** Seconds until LiveKit notices that a caller's browser was killed (it takes 21). */
const LOST_S = 25;

/** Rooms of this caller's open calls, the latest first; none while the database is unavailable. */
async function openRooms(server: Ground, who: CallerIdentity): Promise<string[]> {
  const own =
    'account' in who ? eq(calls.account, who.account) : eq(calls.callerId, storable(who.caller));
  try {
    const rows = await withDatabase(server, (db) =>
      db
        .select({ name: callRooms.name })
        .from(calls)
        .innerJoin(callRooms, eq(callRooms.call, calls.id))
        .where(and(own, isNull(calls.endedAt)))
        .orderBy(desc(calls.requestedAt))
        .limit(ROOMS_MAX),
    );
    return rows.map(({ name }) => name);
  } catch {
    // Calls still start; the limits on starts work without the database.
    return [];
  }
}

/** The live rooms among these, by a single request. */
export async function liveRooms(livekit: LiveKit, names: readonly string[]): Promise<string[]> {
  // Without names, LiveKit lists all rooms.
  if (names.length === 0) return [];
  return (await callLiveKit(livekit.rooms.listRooms([...names]), [])).map(({ name }) => name);
}

/** The participants of a room that are this caller; none if the room has ended. */
const participantsOf = async (livekit: LiveKit, room: string, who: CallerIdentity) =>
  (await callLiveKit(livekit.rooms.listParticipants(room), [])).filter((person) =>
    isSameCaller(who, person),
  );

/** Whether this caller is still in a call that they joined earlier. */
export async function isInEarlierCall(
  server: Ground,
  who: CallerIdentity,
  { room, at, sid }: { readonly room: string; readonly at: number; readonly sid: string },
): Promise<boolean> {
  const { livekit } = server;
  const others = (await openRooms(server, who)).filter((one) => one !== room);
  const rooms = await liveRooms(livekit, others);
  const there = await Promise.all(rooms.map((one) => participantsOf(livekit, one, who)));
  return there.flat().some((person) => {
    const since = Number(person.joinedAtMs);
    // Of two that join in the same moment, only one must leave.
    return since < at || (since === at && person.sid < sid);
  });
}

/**
 * Requires that a caller is in no other call, or has just left it.
 * @param except the requested room: a caller in it may join again
 * @throws {Problem} 409 if they are in another call; 503 if LiveKit does not respond
 */
export async function requireNoOtherCall(
  server: Ground,
  who: CallerIdentity,
  except: string | undefined,
): Promise<void> {
  const { livekit } = server;
  const until = performance.now() + LEAVING_MS;
  const open = (await openRooms(server, who)).filter((room) => room !== except);
  let rooms = await liveRooms(livekit, open);
  for (;;) {
    const there = await Promise.all(rooms.map((room) => participantsOf(livekit, room, who)));
    rooms = rooms.filter((_, at) => there[at]?.length);
    if (rooms.length === 0) return;
    if (performance.now() >= until) break;
    await pause(POLL_MS);
  }
  throw new Problem(
    'in-another-call',
    'This caller is already in a call, and may be in only one at a time. End it first. If its browser ' +
      `was closed or lost its connection, the call ends within ${englishDuration(LOST_S * 1_000)}.`,
    {},
    { 'retry-after': String(LOST_S) },
  );
}

/** The identity of a caller. */
export type CallerIdentity =
  | { readonly account: string }
  /** ID of their browser (`known-caller.ts`), or the identity that a program gives each caller. */
  | { readonly caller: string };

/** The caller of a request; undefined for a program that identifies none because it calls for many people. */
export function callerIdentity(
  asked: Pick<TokenRequest, 'participant_attributes' | 'participant_identity'>,
  { by, account }: Pick<Visitor, 'by' | 'account'>,
): CallerIdentity | undefined {
  if (by === 'session' && account !== undefined) return { account };
  const caller = callerKey(asked.participant_identity ?? '', asked.participant_attributes ?? {});
  return caller ? { caller } : undefined;
}

/** The caller that a participant is, if they may be in only one call at a time. */
export function limitedCaller(
  identity: string,
  attributes: Readonly<Record<string, string>>,
): CallerIdentity | undefined {
  const { [PERSON_ATTRIBUTES.oneCall]: by, [PERSON_ATTRIBUTES.account]: account } = attributes;
  if (by === 'account' && account) return { account };
  const caller = by === 'caller' ? callerKey(identity, attributes) : undefined;
  return caller ? { caller } : undefined;
}

function isSameCaller(
  who: CallerIdentity,
  {
    identity,
    attributes,
  }: { readonly identity: string; readonly attributes: Readonly<Record<string, string>> },
): boolean {
  if ('account' in who) return attributes[PERSON_ATTRIBUTES.account] === who.account;
  return callerKey(identity, attributes) === who.caller;
}
