// The tables of the calls: the events as they were told, the rooms a call was in, and beside them
// what was made of each call, so that lists are fast. PostgreSQL's dialect, for PGlite too.
import { type SQL, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';
import type { CallSummary, EndedBy, Outcome } from '../call';
import type { EventKind, Happening } from '../event';

/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** One row a call: `CallSummary`, computed again from its events with each that comes. */
export const calls = pgTable(
  'calls',
  {
    id: text().primaryKey(),
    room: text().notNull(),
    origin: text().$type<CallSummary['origin']>().notNull(),
    caller: text().notNull(),
    /** No foreign key: a call is told of late, and outlives the account. */
    account: text(),
    /** By what the caller is known again: `callerKey`. Null in calls of before that was kept. */
    callerId: text(),
    /** The one asked for is the first; so with `deployments`. */
    agents: text().array().notNull(),
    deployments: text().array().notNull(),
    /** What the first agent runs that came from the first of them. */
    version: text(),
    /** Whether its caller has been there. Until then there is a token, which nobody may ever use. */
    begun: boolean().notNull().default(true),
    requestedAt: time().notNull(),
    startedAt: time(),
    joinedAt: time(),
    answeredAt: time(),
    endedAt: time(),
    endedBy: text().$type<EndedBy>(),
    endReason: text(),
    outcome: text().$type<Outcome>().notNull(),
    turns: integer().notNull(),
    errors: integer().notNull(),
    answerMs: integer().array().notNull(),
    /** When the last of its events came in: what the reconciler goes by. */
    heardAt: time().notNull(),
    /** What was said, as far as it is searched. */
    transcript: text().notNull(),
    /** English, as the agents speak; words of one stem are one word. */
    search: tsvector().generatedAlwaysAs(
      (): SQL => sql`to_tsvector('english', ${calls.caller} || ' ' || ${calls.transcript})`,
    ),
  },
  (table) => [
    // Newest first, page by page; and so for each filter that leaves few.
    index('calls_newest').on(table.requestedAt, table.id),
    index('calls_live').on(table.requestedAt, table.id).where(sql`${table.endedAt} is null`),
    index('calls_outcome').on(table.outcome, table.requestedAt, table.id),
    index('calls_ended_by').on(table.endedBy, table.requestedAt, table.id),
    index('calls_account')
      .on(table.account, table.requestedAt, table.id)
      .where(sql`${table.account} is not null`),
    index('calls_caller').on(table.callerId, table.requestedAt),
    index('calls_agents').using('gin', table.agents),
    index('calls_deployments').using('gin', table.deployments),
    index('calls_search').using('gin', table.search),
  ],
);

/** Rooms a call was in. A room has a sid once LiveKit has made it. */
export const callRooms = pgTable(
  'call_rooms',
  {
    id: serial().primaryKey(),
    sid: text(),
    name: text().notNull(),
    call: text()
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
  },
  (table) => [
    uniqueIndex('call_rooms_sid').on(table.sid),
    index('call_rooms_name').on(table.name),
    index('call_rooms_call').on(table.call),
  ],
);

/** The events as they were told, each once. */
export const events = pgTable(
  'events',
  {
    id: text().primaryKey(),
    call: text()
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    room: text().notNull(),
    roomSid: text(),
    source: text().notNull(),
    at: time().notNull(),
    sentAt: time(),
    arrivedAt: time().notNull(),
    kind: text().$type<EventKind>().notNull(),
    data: jsonb().$type<Happening>().notNull(),
  },
  (table) => [
    index('events_call').on(table.call),
    // Few of many: what retention looks for each hour.
    index('events_recordings').on(table.at).where(sql`${table.kind} = 'recording'`),
  ],
);

/** Rooms of calls that were deleted: what is told of them late makes no call of its own. */
export const deletedRooms = pgTable(
  'deleted_rooms',
  {
    id: serial().primaryKey(),
    call: text().notNull(),
    name: text().notNull(),
    sid: text(),
    deletedAt: time().notNull(),
  },
  (table) => [
    index('deleted_rooms_call').on(table.call),
    index('deleted_rooms_name').on(table.name),
    index('deleted_rooms_sid').on(table.sid),
    index('deleted_rooms_at').on(table.deletedAt),
  ],
);

/** How often something was done lately, as rate-limiter-flexible keeps it: see `lib/dispatch/limits/`. */
export const rateLimits = pgTable('rate_limits', {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  expire: time(),
});
