// Tables of calls: the events, the rooms of a call, and a summary of each call, so that lists are fast. In PostgreSQL's
// dialect, which PGlite uses too.
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
import type { CallSummary, EndedBy } from '@/lib/calls/call';
import type { EventData, EventKind } from '@/lib/calls/event';

/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });
/** A recording of LiveKit's Egress that has not been deleted because of its age. */
export const EXPIRING_RECORDING = sql.raw(
  `kind = 'recording' and data ? 'egress' and not data ? 'expiredAt'`,
);
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** One row per call: `CallSummary`, recomputed with each of its events. */
export const calls = pgTable(
  'calls',
  {
    id: text().primaryKey(),
    room: text().notNull(),
    origin: text().$type<CallSummary['origin']>().notNull(),
    caller: text().notNull(),
    /** No foreign key: events may arrive late, and a call outlives the account. */
    account: text(),
    /** Identifies the caller across calls: `callerKey`. Null in calls from before this column existed. */
    callerId: text(),
    /** The requested one first; the same for `deployments`. */
    agents: text().array().notNull(),
    deployments: text().array().notNull(),
    /** Version of the requested agent on the requested deployment. */
    version: text(),
    /** Whether the caller has joined. Until then there is only a token, which may never be used. */
    begun: boolean().notNull().default(true),
    requestedAt: time().notNull(),
    startedAt: time(),
    joinedAt: time(),
    answeredAt: time(),
    endedAt: time(),
    endedBy: text().$type<EndedBy>(),
    endReason: text(),
    outcome: text().notNull(),
    topic: text(),
    turns: integer().notNull(),
    errors: integer().notNull(),
    answerMs: integer().array().notNull(),
    /** Null in calls from before these columns existed. */
    agentTurns: integer(),
    interruptions: integer(),
    toolCalls: integer(),
    toolFailures: integer(),
    /** When its last event arrived; used by the reconciler. */
    heardAt: time().notNull(),
    /** The searchable part of the transcript. */
    transcript: text().notNull(),
    /** English, the agents' language, with stemming. */
    search: tsvector().generatedAlwaysAs(
      (): SQL => sql`to_tsvector('english', ${calls.caller} || ' ' || ${calls.transcript})`,
    ),
  },
  (table) => [
    // Newest first, for pages; and with each selective filter.
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

/** Rooms of calls. A room has a sid once LiveKit has created it. */
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

/** Events, without duplicates. */
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
    data: jsonb().$type<EventData>().notNull(),
  },
  (table) => [
    index('events_call').on(table.call),
    // For retention, which runs every hour.
    index('events_expiring_recordings').on(table.at, table.id).where(EXPIRING_RECORDING),
    // For statistics.
    index('events_usage').on(table.at).where(sql`${table.kind} = 'usage'`),
    // Dispatches of other programs, whose agents may be in no list.
    index('events_dispatched_by_others')
      .on(table.at)
      .where(sql`${table.kind} = 'dispatched' and ${table.data}->>'by' = 'other'`),
  ],
);

/** Rooms of deleted calls: their late events must not create a new call. */
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

/** Rate limits, in the format of rate-limiter-flexible: see `lib/dispatch/limits/`. */
export const rateLimits = pgTable('rate_limits', {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  expire: time(),
});
