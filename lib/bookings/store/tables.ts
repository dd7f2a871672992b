// The tables of the desk: appointments and messages. The diary's rules are in `../rules.ts`.
import { bigint, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { calls } from '../../calls/store/schema';
import type { CancelledBy } from '../booking';

/** Milliseconds since 1970. */
const time = () => bigint({ mode: 'number' });

/** Appointments: `Booking`. One that is moved stays the same; one that is cancelled stays, as such. */
export const bookings = pgTable(
  'bookings',
  {
    id: text().primaryKey(),
    deployment: text().notNull(),
    reference: text().notNull(),
    /** Ids of the requests that made, moved and cancelled it: each is done once. */
    requests: text().array().notNull(),
    day: text().notNull(),
    minute: integer().notNull(),
    minutes: integer().notNull(),
    service: text().notNull(),
    person: text().notNull(),
    name: text().notNull(),
    phone: text(),
    zone: text().notNull(),
    place: text(),
    /** No foreign key: an appointment may be told before its call is, and outlives it. */
    call: text(),
    bookedAt: time().notNull(),
    changedAt: time().notNull(),
    sequence: integer().notNull(),
    cancelledAt: time(),
    cancelledBy: text().$type<CancelledBy>(),
  },
  (table) => [
    uniqueIndex('bookings_reference').on(table.deployment, table.reference),
    index('bookings_day').on(table.day, table.minute),
    index('bookings_call').on(table.call),
    index('bookings_requests').using('gin', table.requests),
  ],
);

/** Messages, each from its event: `Message`. They go with their call, as all that was said in it. */
export const messages = pgTable(
  'messages',
  {
    /** The event's. */
    id: text().primaryKey(),
    deployment: text().notNull(),
    reference: text().notNull(),
    text: text().notNull(),
    recipient: text(),
    sender: text(),
    phone: text(),
    call: text().references(() => calls.id, { onDelete: 'cascade' }),
    takenAt: time().notNull(),
  },
  (table) => [index('messages_taken').on(table.takenAt), index('messages_call').on(table.call)],
);
