// Writes events and the resulting calls in one transaction, ignoring duplicates. Listeners are notified afterwards.

import type { CallEvent, StoredEvent } from '@/lib/calls/event';
import { maskEvent } from '@/lib/calls/mask/mask';
import type { CallsServer, StoredEvents } from '@/lib/calls/server';
import { notifyChanged, notifyOthers } from '@/lib/calls/store/call-feed';
import { type PlacedEvent, rowOf } from '@/lib/calls/store/call-row';
import { deleteLateRecordings } from '@/lib/calls/store/delete-calls';
import { deletedRoomsOf, isOfDeleted } from '@/lib/calls/store/deleted-rooms';
import { mayWait, withinLimit } from '@/lib/calls/store/event-limits';
import { notifyStored } from '@/lib/calls/store/stored-events';
import {
  addEvents,
  eventsOf,
  insertCalls,
  lock,
  mergeCalls,
  roomsOf,
  saveRooms,
  storedOf,
  unknownOf,
  updateCalls,
} from '@/lib/calls/store/write-steps';
import { foldCall } from '@/lib/calls/timeline/timeline';
import type { Ground } from '@/lib/cluster/ground';
import { groupBy } from '@/lib/core/group-by';
import type { Masked } from '@/lib/core/masked';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';

/**
 * Writes events. Events with a known id and those of deleted calls are ignored.
 * @param arrivedAt milliseconds since 1970
 * @param masked kinds that are masked in them already
 * @throws {Problem} 503 if the database does not accept them; then none is written
 */
export async function storeEvents(
  server: CallsServer,
  added: readonly CallEvent[],
  arrivedAt = Date.now(),
  masked: readonly Masked[] = [],
): Promise<void> {
  if (added.length === 0) return;
  const kinds = server.config.MASK.filter((kind) => !masked.includes(kind));
  const arrived = added.map(
    (event): StoredEvent => ({
      ...maskEvent(storable(event), kinds),
      arrivedAt,
    }),
  );
  const { stored, changed, late } = await withDatabase(server, (db) =>
    db.transaction((tx) => write(server, tx, arrived)),
  );
  await deleteLateRecordings(server, late);
  if (stored.events.length === 0) return;
  notifyStored(server, stored);
  notifyChanged(server, changed);
}

interface Written {
  readonly stored: StoredEvents;
  /** Calls that were changed, or merged into another one. */
  readonly changed: readonly string[];
  /** Events of deleted calls. */
  readonly late: readonly StoredEvent[];
}
const NOTHING: Written = { stored: { events: [], calls: [] }, changed: [], late: [] };

async function write(
  server: Ground,
  tx: Database,
  arrived: readonly StoredEvent[],
): Promise<Written> {
  // Serializes writers of the same room. Rooms are locked before calls, to prevent deadlocks.
  await lock(server, tx, 'room', new Set(arrived.map(({ room }) => room)));
  const fresh = await unknownOf(tx, arrived);
  if (fresh.length === 0) return NOTHING;

  const rooms = await roomsOf(tx, fresh);
  const taken = fresh.map((event) => ({ ...event, call: rooms.take(event) }));
  const placed = taken.map((event) => ({
    ...event,
    call: rooms.merged.get(event.call) ?? event.call,
  }));
  const found = new Set(placed.map(({ call }) => call));
  await lock(server, tx, 'call', new Set([...found, ...rooms.merged.keys()]));

  // Under the lock, so that nobody can delete one of the calls in the meantime.
  const deleted = await deletedRoomsOf(tx, placed);
  const late = placed.filter((event) => isOfDeleted(event, deleted));
  const existing = placed.filter((event) => !late.includes(event));
  const stored = await storedOf(tx, new Set(existing.map(({ call }) => call)));
  const accepted = withinLimit(existing, stored);
  if (accepted.length === 0) return { ...NOTHING, late };
  const ids = new Set(accepted.map(({ call }) => call));
  const merged = new Map([...rooms.merged].filter(([, to]) => ids.has(to)));

  // A call must exist before rows that refer to it.
  const begun = foldCalls(accepted.filter(({ call }) => !stored.has(call)));
  await insertCalls(tx, begun.map(rowOf));
  await mergeCalls(tx, merged);
  await saveRooms(
    tx,
    rooms.changed.filter(({ call }) => ids.has(call)),
  );
  const due = [...groupBy(accepted, ({ call }) => call)].flatMap(([call, added]) => {
    const known = stored.get(call);
    return known && !mayWait(added, known) ? [call] : [];
  });
  const refolded = new Set([...due, ...merged.values()]);
  // Read before the new events are added, which are known: an upload has hundreds.
  const earlier = await eventsOf(tx, refolded);
  await addEvents(tx, accepted);
  const rest = foldCalls([...earlier, ...accepted.filter(({ call }) => refolded.has(call))]);
  await updateCalls(tx, rest.map(rowOf));
  const calls = [...begun.filter(({ call }) => !refolded.has(call.id)), ...rest];
  const changed = [...ids, ...merged.keys()];
  await notifyOthers(
    server,
    tx,
    changed,
    accepted.map(({ id }) => id),
  );
  return {
    stored: {
      events: accepted,
      calls: calls.map(({ call }) => ({ before: stored.get(call.id)?.summary, after: call })),
    },
    changed,
    late,
  };
}

/** The calls of these events. */
const foldCalls = (events: readonly PlacedEvent[]) =>
  [...groupBy(events, ({ call }) => call).values()].map((own) => ({
    ...foldCall(own),
    heardAt: own.reduce((latest, { arrivedAt }) => Math.max(latest, arrivedAt), 0),
  }));
