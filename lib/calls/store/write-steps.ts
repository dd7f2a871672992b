// The steps of writing events, one statement each; `write-events.ts` combines them.
import { and, desc, eq, getTableColumns, gte, isNull, or, sql } from 'drizzle-orm';
import type { StoredEvent } from '@/lib/calls/event';
import {
  eventsFrom,
  type PlacedEvent,
  type rowOf,
  summaryColumns,
  summaryOf,
} from '@/lib/calls/store/call-row';
import type { Stored } from '@/lib/calls/store/event-limits';
import { type KnownRoom, RoomsOfCalls } from '@/lib/calls/store/rooms-of-calls';
import { callRooms, calls, events } from '@/lib/calls/store/schema';
import type { Ground } from '@/lib/cluster/ground';
import { anyOf } from '@/lib/db/any-of';
import type { Database } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';

/** Maximum number of rooms loaded by name, latest first: a name in use for years has many. */
const ROOMS_MAX = 500;
/** First keys of the advisory locks, so that a room and a call of one name do not share a lock. */
const LOCKS = { room: 7_264_511, call: 7_264_512 } as const;

/** Locks these names until the end of the transaction. */
export async function lock(
  { config }: Ground,
  tx: Database,
  what: keyof typeof LOCKS,
  names: ReadonlySet<string>,
): Promise<void> {
  // A database in a folder runs one transaction at a time.
  if (!config.DATABASE_URL) return;
  const list = sql.param(JSON.stringify([...names]));
  // Always in the order of the lock numbers, to prevent deadlocks.
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCKS[what]}::int, number) from (
    select distinct hashtext(name) as number
    from jsonb_array_elements_text(${list}::jsonb) as name order by number
  ) as numbers`);
}

/** The events whose ids are not stored yet, without duplicates. */
export async function unknownOf(
  tx: Database,
  arrived: readonly StoredEvent[],
): Promise<readonly StoredEvent[]> {
  const byId = new Map(arrived.toReversed().map((event) => [event.id, event]));
  const rows = await tx.select({ id: events.id }).from(events).where(anyOf(events.id, byId.keys()));
  const known = new Set(rows.map(({ id }) => id));
  return arrived.filter((event) => byId.get(event.id) === event && !known.has(event.id));
}

/** The known rooms of the events. */
export async function roomsOf(tx: Database, fresh: readonly StoredEvent[]): Promise<RoomsOfCalls> {
  const sids = new Set(fresh.flatMap(({ roomSid }) => roomSid ?? []));
  const names = new Set(fresh.map(({ room }) => room));
  const first = Math.min(...fresh.map(({ at }) => at));
  const { id: row, sid, name, call } = callRooms;
  const mayBeMeant = or(isNull(sid), isNull(calls.endedAt), gte(calls.endedAt, first));
  const rows = await tx
    .select({ row, sid, name, call, endedAt: calls.endedAt })
    .from(callRooms)
    .innerJoin(calls, eq(calls.id, call))
    .where(or(anyOf(sid, sids), and(anyOf(name, names), mayBeMeant)))
    .orderBy(desc(row))
    .limit(ROOMS_MAX);
  const ended = rows.flatMap(({ call: id, endedAt }) =>
    endedAt === null ? [] : [[id, endedAt] as const],
  );
  const rooms = rows.reverse().map((each) => ({ ...each, sid: each.sid ?? undefined }));
  return new RoomsOfCalls(rooms, new Map(ended));
}

/** What is stored of these calls, by id. */
export async function storedOf(
  tx: Database,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Stored>> {
  const count = tx.$count(events, eq(events.call, calls.id));
  const rows = await tx
    .select({ ...summaryColumns, foldedAt: calls.heardAt, count })
    .from(calls)
    .where(anyOf(calls.id, ids));
  return new Map(
    rows.map(({ foldedAt, count, ...row }) => [
      row.id,
      { summary: summaryOf(row), foldedAt, count },
    ]),
  );
}

type CallRow = ReturnType<typeof rowOf>;

/** The name of a column in the database. */
const columnOf = (name: string) => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
/** The columns of a call that change. The database computes `search`. */
const CHANGING = Object.keys(getTableColumns(calls))
  .filter((name) => name !== 'id' && name !== 'search')
  .map(columnOf);

/** The rows of calls as a table in a statement, from one parameter: one for each of 28 columns takes longer. */
function given(rows: readonly CallRow[]) {
  const list = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name), value])),
  );
  // A topic may be cut within a character, which PostgreSQL's JSON refuses.
  const json = sql.param(JSON.stringify(storable(list)));
  return sql`json_populate_recordset(null::${calls}, ${json}::json) as given`;
}

/** Inserts new calls. */
export async function insertCalls(tx: Database, rows: readonly CallRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = sql.raw(['id', ...CHANGING].join(', '));
  await tx.execute(sql`insert into ${calls} (${columns}) select ${columns} from ${given(rows)}`);
}

/**
 * Updates calls, in one statement for all. An insert that becomes an update would compute `search` twice, which is the
 * most that a long call costs.
 */
export async function updateCalls(tx: Database, rows: readonly CallRow[]): Promise<void> {
  if (rows.length === 0) return;
  const set = sql.raw(CHANGING.map((name) => `${name} = given.${name}`).join(', '));
  await tx.execute(
    sql`update ${calls} set ${set} from ${given(rows)} where ${calls.id} = given.id`,
  );
}

/** Moves the data of provisional ids to the calls they belong to. */
export async function mergeCalls(tx: Database, merged: ReadonlyMap<string, string>): Promise<void> {
  for (const [from, to] of merged) {
    await tx.update(events).set({ call: to }).where(eq(events.call, from));
    await tx.update(callRooms).set({ call: to }).where(eq(callRooms.call, from));
    await tx.delete(calls).where(eq(calls.id, from));
  }
}

/** Inserts new rooms, and updates those that have got their sid. */
export async function saveRooms(tx: Database, rooms: readonly KnownRoom[]): Promise<void> {
  const added = rooms.flatMap(({ row, sid, name, call }) =>
    row === undefined ? [{ sid, name, call }] : [],
  );
  if (added.length > 0) {
    const list = sql.param(JSON.stringify(added));
    await tx.execute(sql`insert into ${callRooms} (sid, name, call) select sid, name, call
      from json_to_recordset(${list}::json) as given(sid text, name text, call text)`);
  }
  for (const { row, sid } of rooms) {
    if (row !== undefined) await tx.update(callRooms).set({ sid }).where(eq(callRooms.id, row));
  }
}

/** Inserts events into their calls, as one parameter: ten for each of 200 events take longer. */
export async function addEvents(tx: Database, placed: readonly PlacedEvent[]): Promise<void> {
  const list = sql.param(JSON.stringify(placed));
  await tx.execute(sql`insert into ${events}
    (id, call, room, room_sid, source, at, sent_at, arrived_at, kind, data)
    select id, call, room, "roomSid", source, at, "sentAt", "arrivedAt", what->>'kind', what
    from json_to_recordset(${list}::json) as given(id text, call text, room text, "roomSid" text,
      source text, at bigint, "sentAt" bigint, "arrivedAt" bigint, what jsonb)
    on conflict do nothing`);
}

/**
 * All events of these calls, for their summaries: traces without their spans, which are most of what is stored. One JSON
 * value takes less time than many rows.
 */
export async function eventsOf(tx: Database, ids: ReadonlySet<string>): Promise<PlacedEvent[]> {
  if (ids.size === 0) return [];
  const data = sql`case when kind = 'spans' then '{"kind":"spans","agent":"","spans":[]}' else data end`;
  const [row] = await tx
    .select({
      all: sql<Parameters<typeof eventsFrom>[0] | null>`json_agg(json_build_object(
        'id', id, 'call', call, 'room', room, 'roomSid', room_sid, 'source', source, 'at', at,
        'sentAt', sent_at, 'arrivedAt', arrived_at, 'data', ${data}))`,
    })
    .from(events)
    .where(anyOf(events.call, ids));
  return eventsFrom(row?.all ?? []);
}
