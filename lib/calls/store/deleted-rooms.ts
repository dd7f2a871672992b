// Remembers for a while which rooms deleted calls were in. A worker or LiveKit may send late events, which would
// otherwise recreate a call that somebody wanted deleted.

import { eq, inArray, lt, or } from 'drizzle-orm';
import type { CallEvent } from '@/lib/calls/event';
import { isProvisional } from '@/lib/calls/store/rooms-of-calls';
import { callRooms, deletedRooms } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { anyOf } from '@/lib/db/any-of';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';

/**
 * Days for which rooms are remembered. Our own choice: a worker that was switched off during a call sends its events
 * when it is switched on again.
 */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;
/** Entries that are deleted in one statement, so that nothing waits long for it. Our own choice. */
const AT_ONCE = 1_000;

/** A room of a deleted call. */
export interface DeletedRoom {
  readonly call: string;
  readonly name: string;
  readonly sid: string | null;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
}

/** An event with the call it belongs to. */
type Placed = Pick<CallEvent, 'room' | 'roomSid' | 'at'> & { readonly call: string };

/** Whether an event belongs to a deleted call. An event of an existing call does not. */
export function isOfDeleted(event: Placed, deleted: readonly DeletedRoom[]): boolean {
  return deleted.some(({ call, name, sid, deletedAt }) => {
    if (call === event.call) return true;
    if (!isProvisional(event.call)) return false;
    if (sid !== null && event.roomSid !== undefined) return sid === event.roomSid;
    // A later call may use a room of the same name.
    return name === event.room && event.at <= deletedAt;
  });
}

/** Deleted rooms that these events may belong to. */
export function deletedRoomsOf(
  tx: Database,
  placed: readonly Placed[],
): Promise<readonly DeletedRoom[]> {
  const { call, name, sid } = deletedRooms;
  const sids = new Set(placed.flatMap(({ roomSid }) => roomSid ?? []));
  return tx
    .select()
    .from(deletedRooms)
    .where(
      or(
        anyOf(call, new Set(placed.map((event) => event.call))),
        anyOf(name, new Set(placed.map(({ room }) => room))),
        anyOf(sid, sids),
      ),
    );
}

/** Records the rooms of a call that is about to be deleted. */
export async function rememberDeleted(tx: Database, call: string, now: number): Promise<void> {
  const { name, sid } = callRooms;
  const rooms = await tx
    .select({ call: callRooms.call, name, sid })
    .from(callRooms)
    .where(eq(callRooms.call, call));
  if (rooms.length === 0) return;
  await tx.insert(deletedRooms).values(rooms.map((room) => ({ ...room, deletedAt: now })));
}

/**
 * Ids by which workers know deleted calls: call ids, and the sids of their rooms.
 * @param of one of them
 * @throws {Problem} 503 if the database is unavailable
 */
export async function deletedIds(server: Ground, of?: string): Promise<string[]> {
  const { call, sid } = deletedRooms;
  const rows = await withDatabase(server, (db) =>
    db
      .select({ call, sid })
      .from(deletedRooms)
      .where(of === undefined ? undefined : eq(call, storable(of))),
  );
  return [...new Set(rows.flatMap((row) => [row.call, ...(row.sid ? [row.sid] : [])]))];
}

/** Deletes old entries. @throws {Problem} 503 */
export async function deleteOldRooms(server: Ground, now: number): Promise<void> {
  const { id, deletedAt } = deletedRooms;
  const isOld = lt(deletedAt, now - KEPT_DAYS * DAY_MS);
  for (;;) {
    const gone = await withDatabase(server, (db) => {
      const some = db.select({ id }).from(deletedRooms).where(isOld).limit(AT_ONCE);
      return db.delete(deletedRooms).where(inArray(id, some)).returning({ id });
    });
    if (gone.length < AT_ONCE) return;
  }
}
