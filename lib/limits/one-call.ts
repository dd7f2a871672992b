// One live call for each caller, where others than this machine call: what somebody pays for agents is
// not to grow by one person's open pages. Only who is really in a room counts: LiveKit is asked.
import { setTimeout as pause } from 'node:timers/promises';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { withDatabase } from '../calls/store/database';
import { callRooms, calls } from '../calls/store/schema';
import { storable } from '../calls/store/storable';
import { asked, type LiveKit } from '../livekit';
import { Problem } from '../problem';
import { callerKey } from '../rules/share';

/** Rooms of a caller's open calls that are looked at, the latest. */
const ROOMS_MAX = 5;
/** Milliseconds for which a call that is just ending is waited for: a page leaves in far less. */
const LEAVING_MS = 3_000;
const LOOK_MS = 250;
/** Seconds after which LiveKit has noticed a caller whose browser was killed (it takes 21). */
const GONE_S = 25;

/** Rooms of the calls that this caller has open; none while the database is away. */
async function openRooms(caller: string): Promise<string[]> {
  try {
    const rows = await withDatabase((db) =>
      db
        .select({ name: callRooms.name })
        .from(calls)
        .innerJoin(callRooms, eq(callRooms.call, calls.id))
        .where(and(eq(calls.callerId, storable(caller)), isNull(calls.endedAt)))
        .orderBy(desc(calls.requestedAt))
        .limit(ROOMS_MAX),
    );
    return rows.map(({ name }) => name);
  } catch {
    // Calls begin all the same: the limits of starts hold without it.
    return [];
  }
}

async function isIn(livekit: LiveKit, room: string, caller: string): Promise<boolean> {
  const people = await asked(livekit.rooms.listParticipants(room), []);
  return people.some(({ identity, attributes }) => callerKey(identity, attributes) === caller);
}

/**
 * Makes sure that a caller is in no other call, or has just left it.
 * @param except room that they ask for: who is in it may come again
 * @throws {Problem} 409 where they are in one; 503 where LiveKit does not answer
 */
export async function requireNoOtherCall(
  livekit: LiveKit,
  caller: string,
  except: string | undefined,
): Promise<void> {
  const until = performance.now() + LEAVING_MS;
  let rooms = (await openRooms(caller)).filter((room) => room !== except);
  for (;;) {
    const there = await Promise.all(rooms.map((room) => isIn(livekit, room, caller)));
    rooms = rooms.filter((_, at) => there[at]);
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
