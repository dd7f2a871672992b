// Reads calls: lists by page, a call with its timeline and its neighbours, and the events of open calls for components
// that start in the middle of some.

import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  not,
  type SQL,
  sql,
} from 'drizzle-orm';
import { z } from 'zod';
import type { CallSummary, EndedBy, Timeline } from '@/lib/calls/call';
import type { StoredEvent } from '@/lib/calls/event';
import { eventsFrom, summaryColumns, summaryOf } from '@/lib/calls/store/call-row';
import { callRooms, calls, events } from '@/lib/calls/store/schema';
import { simulationRuns } from '@/lib/calls/test-calls/tables';
import { foldCall } from '@/lib/calls/timeline/timeline';
import type { Ground } from '@/lib/cluster/ground';
import { outcomeNames } from '@/lib/core/outcome';
import { Problem } from '@/lib/core/problem';
import { type Database, withDatabase } from '@/lib/db/database';
import { storable } from '@/lib/db/storable';
import type { EndReason } from '@/lib/livekit/end-reason';

/** Default and maximum page size. */
const PAGE = 50;
const PAGE_MAX = 100;

/** Filter of a list of calls. */
export interface CallFilter {
  readonly agent?: string | undefined;
  /** Display name. */
  readonly deployment?: string | undefined;
  readonly outcome?: string | undefined;
  readonly endedBy?: EndedBy | undefined;
  /** Requested at or after `from`, and before `to`: milliseconds since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Search in transcripts, in web search syntax: "a phrase", -without, or. */
  readonly text?: string | undefined;
  readonly live?: boolean | undefined;
  /** Only calls made by simulations, or only others. */
  readonly test?: boolean | undefined;
  /** Id of the account that owns the calls. */
  readonly account?: string | undefined;
  /** `next` of the previous page. */
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Position of a call in the list. */
interface Place {
  readonly requestedAt: number;
  readonly id: string;
}
const place = z.tuple([z.number().int(), z.string()]);

const cursorOf = ({ requestedAt, id }: Place) =>
  Buffer.from(JSON.stringify([requestedAt, id])).toString('base64url');

function parseCursor(cursor: string): Place {
  try {
    const [requestedAt, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { requestedAt, id: storable(id) };
  } catch {
    throw new Problem('invalid-request', 'cursor must be the "next" of an earlier response.');
  }
}

const at = ({ requestedAt, id }: Place) => sql`(${requestedAt}::bigint, ${id}::text)`;
const own = sql`(${calls.requestedAt}, ${calls.id})`;
const newestFirst = [desc(calls.requestedAt), desc(calls.id)];
const oldestFirst = [asc(calls.requestedAt), asc(calls.id)];

function conditions(db: Database, filter: CallFilter): SQL | undefined {
  const { agent, deployment, outcome, endedBy, from, to, text, live, test, account, cursor } =
    storable(filter);
  const isTest = exists(
    db.select({ one: sql`1` }).from(simulationRuns).where(eq(simulationRuns.call, calls.id)),
  );
  return and(
    calls.begun,
    agent === undefined ? undefined : arrayContains(calls.agents, [agent]),
    deployment === undefined ? undefined : arrayContains(calls.deployments, [deployment]),
    outcome === undefined ? undefined : inArray(calls.outcome, outcomeNames(outcome)),
    endedBy && eq(calls.endedBy, endedBy),
    from === undefined ? undefined : gte(calls.requestedAt, from),
    to === undefined ? undefined : lt(calls.requestedAt, to),
    text ? sql`${calls.search} @@ websearch_to_tsquery('english', ${text})` : undefined,
    live === undefined ? undefined : live ? isNull(calls.endedAt) : isNotNull(calls.endedAt),
    test === undefined ? undefined : test ? isTest : not(isTest),
    account === undefined ? undefined : eq(calls.account, account),
    cursor === undefined ? undefined : sql`${own} < ${at(parseCursor(cursor))}`,
  );
}

/**
 * A page of calls, newest first. `next` is undefined on the last page.
 * @throws {Problem} 400 for an invalid cursor; 503 if the database is unavailable
 */
export async function listCalls(
  server: Ground,
  filter: CallFilter = {},
): Promise<{ calls: CallSummary[]; next: string | undefined }> {
  const limit = Math.min(filter.limit ?? PAGE, PAGE_MAX);
  const rows = await withDatabase(server, (db) =>
    db
      .select(summaryColumns)
      .from(calls)
      .where(conditions(db, filter))
      .orderBy(...newestFirst)
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit).map(summaryOf);
  const last = page.at(-1);
  return { calls: page, next: last && rows.length > limit ? cursorOf(last) : undefined };
}

/** A call with its timeline; undefined if there is none. @throws {Problem} 503 if the database is unavailable */
export async function readTimeline(server: Ground, id: string): Promise<Timeline | undefined> {
  const rows = await withDatabase(server, (db) =>
    db
      .select()
      .from(events)
      .where(eq(events.call, storable(id))),
  );
  const stored = eventsFrom(rows);
  return stored.length > 0 ? foldCall(stored) : undefined;
}

/**
 * Each time somebody left a room of a call: the reason, and the room's sid.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function leftBy(
  server: Ground,
  call: string,
  room: string,
  identity: string,
): Promise<readonly { readonly roomSid: string | undefined; readonly why: EndReason }[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select()
      .from(events)
      .where(
        and(
          eq(events.call, storable(call)),
          eq(events.room, storable(room)),
          eq(events.kind, 'person_left'),
        ),
      ),
  );
  return eventsFrom(rows).flatMap(({ roomSid, what }) =>
    what.kind === 'person_left' && what.identity === storable(identity)
      ? [{ roomSid, why: what.why }]
      : [],
  );
}

/** Whether an account owns a call. @throws {Problem} 503 if the database is unavailable */
export async function isOfAccount(server: Ground, id: string, account: string): Promise<boolean> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ id: calls.id })
      .from(calls)
      .where(and(eq(calls.id, storable(id)), eq(calls.account, account))),
  );
  return rows.length > 0;
}

/**
 * The next newer and older calls in the list of all, or in that of an account.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function neighbours(
  server: Ground,
  id: string,
  account?: string,
): Promise<{ newer?: string | undefined; older?: string | undefined }> {
  return withDatabase(server, async (db) => {
    const { requestedAt } = calls;
    const [here] = await db
      .select({ requestedAt, id: calls.id })
      .from(calls)
      .where(eq(calls.id, storable(id)));
    if (!here) return {};
    const beside = (where: SQL, order: readonly SQL[]) =>
      db
        .select({ id: calls.id })
        .from(calls)
        .where(
          and(where, calls.begun, account === undefined ? undefined : eq(calls.account, account)),
        )
        .orderBy(...order)
        .limit(1);
    const [newer] = await beside(sql`${own} > ${at(here)}`, oldestFirst);
    const [older] = await beside(sql`${own} < ${at(here)}`, newestFirst);
    return { newer: newer?.id, older: older?.id };
  });
}

/**
 * Ids by which workers know calls that go on: call ids, and the sids of their rooms.
 * @throws {Problem} 503 if the database is unavailable
 */
export async function liveIds(server: Ground): Promise<string[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ call: calls.id, sid: callRooms.sid })
      .from(calls)
      .leftJoin(callRooms, eq(callRooms.call, calls.id))
      .where(isNull(calls.endedAt)),
  );
  return rows.flatMap(({ call, sid }) => [call, ...(sid ? [sid] : [])]);
}

/** In order of arrival. @throws {Problem} 503 if the database is unavailable */
export async function readLiveEvents(server: Ground): Promise<StoredEvent[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select({ event: events })
      .from(events)
      .innerJoin(calls, eq(events.call, calls.id))
      .where(isNull(calls.endedAt))
      .orderBy(asc(events.arrivedAt), asc(events.at)),
  );
  return eventsFrom(rows.map(({ event }) => event));
}

/** These events, in order of arrival. @throws {Problem} 503 if the database is unavailable */
export async function readEvents(server: Ground, ids: readonly string[]): Promise<StoredEvent[]> {
  const rows = await withDatabase(server, (db) =>
    db
      .select()
      .from(events)
      .where(inArray(events.id, [...ids]))
      .orderBy(asc(events.arrivedAt), asc(events.at)),
  );
  return eventsFrom(rows);
}
