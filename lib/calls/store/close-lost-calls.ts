// Closes calls of whose end nobody told: a LiveKit server that was killed, webhooks that never came.
import { and, eq, isNull, lt } from 'drizzle-orm';
import { groupBy } from '@/lib/core/group-by';
import { withDatabase } from '@/lib/db/database';
import type { CallEvent } from '../event';
import { callRooms, calls } from './schema';
import { recordEvents } from './write-events';

/** Milliseconds without an event after which a call without a room is lost. */
const SILENT_MS = 60_000;
/** The same for a call whose room never was: its token is good for ten minutes. */
const UNUSED_MS = 11 * 60_000;
/** Calls that are closed at a time. */
const AT_ONCE = 100;

/** Whether any call goes on, also one that only has a token yet. @throws {Problem} 503 where the database is away */
export async function hasOpenCalls(): Promise<boolean> {
  const open = await withDatabase((db) =>
    db.select({ id: calls.id }).from(calls).where(isNull(calls.endedAt)).limit(1),
  );
  return open.length > 0;
}

/**
 * Closes calls that go on by their events, but have no room at the LiveKit server any more.
 * @param liveSids sids of all rooms there are
 * @param now milliseconds since 1970
 * @param begun when this process did: what was heard last before is waited for no more
 * @returns how many were closed
 * @throws {Problem} 503 where the database is away
 */
export async function closeLostCalls(
  liveSids: ReadonlySet<string>,
  now = Date.now(),
  begun = 0,
): Promise<number> {
  const open = await withDatabase((db) =>
    db
      .select({ id: calls.id, room: calls.room, heardAt: calls.heardAt, sid: callRooms.sid })
      .from(calls)
      .leftJoin(callRooms, eq(callRooms.call, calls.id))
      .where(and(isNull(calls.endedAt), lt(calls.heardAt, Math.max(now - SILENT_MS, begun)))),
  );
  const lost = [...groupBy(open, ({ id }) => id).values()].filter((rooms) => {
    const sids = rooms.flatMap(({ sid }) => sid ?? []);
    const since = sids.length > 0 ? Math.max(now - SILENT_MS, begun) : now - UNUSED_MS;
    const silent = rooms.every(({ heardAt }) => heardAt < since);
    return silent && !sids.some((sid) => liveSids.has(sid));
  });
  const ends = lost.slice(0, AT_ONCE).flatMap(([one]): CallEvent[] => {
    if (!one) return [];
    const { id, room, heardAt } = one;
    // Once for each time that it fell silent.
    return [
      {
        id: `lost-${heardAt}-${id}`,
        call: id,
        room,
        source: 'web',
        at: now,
        what: { kind: 'ended', why: 'lost' },
      },
    ];
  });
  await recordEvents(ends, now);
  return ends.length;
}
