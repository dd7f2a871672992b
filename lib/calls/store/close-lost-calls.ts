// Closes calls whose end was never reported, because a LiveKit server was killed or webhooks were lost.

import { and, eq, isNull, lt } from 'drizzle-orm';
import type { CallEvent } from '@/lib/calls/event';
import type { CallsServer } from '@/lib/calls/server';
import { callRooms, calls } from '@/lib/calls/store/schema';
import { storeEvents } from '@/lib/calls/store/write-events';
import type { Ground } from '@/lib/cluster/ground';
import { groupBy } from '@/lib/core/group-by';
import { withDatabase } from '@/lib/db/database';

/** Milliseconds without an event after which a call without a room is lost. */
const SILENT_MS = 60_000;
/** The same for a call that never had a room: its token is valid for ten minutes. */
const UNUSED_MS = 11 * 60_000;
/** Maximum number of calls closed at a time. */
const AT_ONCE = 100;

/** Whether any call is open, including those with only a token. @throws {Problem} 503 if the database is unavailable */
export async function hasOpenCalls(server: Ground): Promise<boolean> {
  const open = await withDatabase(server, (db) =>
    db.select({ id: calls.id }).from(calls).where(isNull(calls.endedAt)).limit(1),
  );
  return open.length > 0;
}

/**
 * Closes calls that are open by their events but no longer have a room on the LiveKit server.
 * @param liveSids sids of all existing rooms
 * @param now milliseconds since 1970
 * @param begun when this process started; events heard before count as silence from then on
 * @returns how many were closed
 * @throws {Problem} 503 if the database is unavailable
 */
export async function closeLostCalls(
  server: CallsServer,
  liveSids: ReadonlySet<string>,
  now = Date.now(),
  begun = 0,
): Promise<number> {
  const open = await withDatabase(server, (db) =>
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
    // One id per silence, so that the event is written once each time.
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
  await storeEvents(server, ends, now);
  return ends.length;
}
