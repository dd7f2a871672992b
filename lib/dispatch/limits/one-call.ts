// One live call for each caller, where others than this machine call: what somebody pays for agents is
// not to grow by one person's open pages. Only who is really in a room counts: LiveKit is asked.
import { setTimeout as pause } from 'node:timers/promises';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { callRooms, calls } from '@/lib/calls/store/schema';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import { asked, type LiveKit } from '@/lib/livekit/clients';
import { isWho, type WhoCalls } from './who-calls';

/**
 * Rooms of a caller's open calls that are looked at, the latest: more than calls can be started before
 * those that nobody joined are closed. Else a few unused tokens would hide the call that goes on.
 */
const ROOMS_MAX = 100;
/** Milliseconds for which a call that is just ending is waited for: a page leaves in far less. */
const LEAVING_MS = 3_000;
const LOOK_MS = 250;
/** Seconds after which LiveKit has noticed a caller whose browser was killed (it takes 21). */
const GONE_S = 25;

/** Rooms of the calls that this caller has open, the latest first; none while the database is away. */
async function openRooms(who: WhoCalls): Promise<string[]> {
  const own =
    'account' in who ? eq(calls.account, who.account) : eq(calls.callerId, storable(who.caller));
  try {
    const rows = await withDatabase((db) =>
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
    // Calls begin all the same: the limits of starts hold without it.
    return [];
  }
}

/** Those of these rooms that there are, in one question. */
export async function liveRooms(livekit: LiveKit, names: readonly string[]): Promise<string[]> {
  // Without names LiveKit tells of all.
  if (names.length === 0) return [];
  return (await asked(livekit.rooms.listRooms([...names]), [])).map(({ name }) => name);
}

/** As who this caller is in the room; LiveKit knows the room no more where it is over. */
const asWhoIn = async (livekit: LiveKit, room: string, who: WhoCalls) =>
  (await asked(livekit.rooms.listParticipants(room), [])).filter((person) => isWho(who, person));

/** Whether this caller came into a call before, in which they still are. */
export async function isInEarlier(
  livekit: LiveKit,
  who: WhoCalls,
  { room, at, sid }: { readonly room: string; readonly at: number; readonly sid: string },
): Promise<boolean> {
  const others = (await openRooms(who)).filter((one) => one !== room);
  const rooms = await liveRooms(livekit, others);
  const there = await Promise.all(rooms.map((one) => asWhoIn(livekit, one, who)));
  return there.flat().some((person) => {
    const since = Number(person.joinedAtMs);
    // Two that came in the same moment are not both to go.
    return since < at || (since === at && person.sid < sid);
  });
}

/**
 * Makes sure that a caller is in no other call, or has just left it.
 * @param except room that they ask for: who is in it may come again
 * @throws {Problem} 409 where they are in one; 503 where LiveKit does not answer
 */
export async function requireNoOtherCall(
  livekit: LiveKit,
  who: WhoCalls,
  except: string | undefined,
): Promise<void> {
  const until = performance.now() + LEAVING_MS;
  const open = (await openRooms(who)).filter((room) => room !== except);
  let rooms = await liveRooms(livekit, open);
  for (;;) {
    const there = await Promise.all(rooms.map((room) => asWhoIn(livekit, room, who)));
    rooms = rooms.filter((_, at) => there[at]?.length);
    if (rooms.length === 0) return;
    if (performance.now() >= until) break;
    await pause(LOOK_MS);
  }
  throw new Problem(
    'in-another-call',
    'This caller is in a call already, and may have one at a time. End it first; one whose browser ' +
      `was closed or lost ends by itself within ${GONE_S} s.`,
    {},
    { 'retry-after': String(GONE_S) },
  );
}
