// Reads appointments and messages: what an agent may know of the diary, the page's lists, one
// appointment, and what a call left.
import { and, asc, desc, eq, gte, ilike, isNull, lte, or, type SQL } from 'drizzle-orm';
import { withDatabase } from '../../calls/store/database';
import { calls } from '../../calls/store/schema';
import { storable } from '../../calls/store/storable';
import { Problem } from '../../problem';
import type { Booking, Message } from '../booking';
import { earliestToday, todayIn } from '../days';
import type { Booked } from '../desk';
import type { Taken } from '../rules';
import { isSameName } from '../same-name';
import { bookedOf, bookingOf, messageOf } from './rows';
import { bookings, messages } from './tables';
import { takeOver } from './take-over';

/** Most appointments and messages of one answer. Our own choice: some weeks of a practice's diary. */
const BOOKINGS_MAX = 500;
const MESSAGES_MAX = 50;
/** Most appointments of a calendar that is subscribed to. */
const FEED_MAX = 5_000;

/** Which appointments and messages are asked for. */
export interface DeskFilter {
  /** Shown name. */
  readonly deployment?: string;
  /** First and last day, ISO dates. Without a first one, today where the practice is. */
  readonly from?: string;
  readonly to?: string;
  /** Part of a name, in any case. */
  readonly name?: string;
}

/** A part of a list; `more` where there is more that is like it. */
export interface DeskList {
  /** In the order of day and time. */
  readonly bookings: readonly Booking[];
  readonly moreBookings: boolean;
  /** The latest first. */
  readonly messages: readonly Message[];
  readonly moreMessages: boolean;
}

/** What takes time from day to day, both included. @throws {Problem} 503 where the database is away */
export async function takenBetween(
  deployment: string,
  from: string,
  to: string,
): Promise<readonly Taken[]> {
  await takeOver();
  const { day, minute, minutes, person } = bookings;
  return withDatabase((db) =>
    db
      .select({ day, minute, minutes, person })
      .from(bookings)
      .where(
        and(
          eq(bookings.deployment, storable(deployment)),
          isNull(bookings.cancelledAt),
          gte(day, from),
          lte(day, to),
        ),
      ),
  );
}

/**
 * What holds on that day under that very name, told in full. @throws {Problem} 503 where the database is away
 */
export async function heldBy(
  deployment: string,
  on: string,
  name: string,
): Promise<readonly Booked[]> {
  await takeOver();
  const { day, minute } = bookings;
  const rows = await withDatabase((db) =>
    db
      .select()
      .from(bookings)
      .where(
        and(
          eq(bookings.deployment, storable(deployment)),
          isNull(bookings.cancelledAt),
          eq(day, on),
        ),
      )
      .orderBy(asc(minute)),
  );
  return rows.filter((row) => isSameName(row.name, name)).map(bookedOf);
}

const part = (name: string) => `%${name.replaceAll(/[\\%_]/g, '\\$&')}%`;

async function readBookings(where: SQL | undefined, limit: number): Promise<Booking[]> {
  await takeOver();
  const rows = await withDatabase((db) =>
    db
      .select({ row: bookings, call: calls.id })
      .from(bookings)
      .leftJoin(calls, eq(calls.id, bookings.call))
      .where(where)
      .orderBy(asc(bookings.day), asc(bookings.minute), asc(bookings.person), asc(bookings.id))
      .limit(limit),
  );
  return rows.map(({ row, call }) => bookingOf(row, call));
}

async function readMessages(where: SQL | undefined, limit: number): Promise<Message[]> {
  const rows = await withDatabase((db) =>
    db
      .select()
      .from(messages)
      .where(where)
      .orderBy(desc(messages.takenAt), desc(messages.id))
      .limit(limit),
  );
  return rows.map(messageOf);
}

/**
 * The appointments from today on, or from the day asked for, and the latest messages.
 * @param now milliseconds since 1970
 * @throws {Problem} 503 where the database is away
 */
export async function readDesk(filter: DeskFilter, now = Date.now()): Promise<DeskList> {
  const { deployment, from = earliestToday(now), to, name } = storable(filter);
  const found = await readBookings(
    and(
      deployment === undefined ? undefined : eq(bookings.deployment, deployment),
      gte(bookings.day, from),
      to === undefined ? undefined : lte(bookings.day, to),
      name ? ilike(bookings.name, part(name)) : undefined,
    ),
    BOOKINGS_MAX + 1,
  );
  const taken = await readMessages(
    and(
      deployment === undefined ? undefined : eq(messages.deployment, deployment),
      name
        ? or(ilike(messages.sender, part(name)), ilike(messages.recipient, part(name)))
        : undefined,
    ),
    MESSAGES_MAX + 1,
  );
  const next = filter.from ? found : found.filter(({ day, zone }) => day >= todayIn(zone, now));
  return {
    bookings: next.slice(0, BOOKINGS_MAX),
    moreBookings: found.length > BOOKINGS_MAX,
    messages: taken.slice(0, MESSAGES_MAX),
    moreMessages: taken.length > MESSAGES_MAX,
  };
}

/** A diary from that day on, cancelled ones too. @throws {Problem} 503 where the database is away */
export function readDiary(deployment: string, from: string): Promise<readonly Booking[]> {
  const own = eq(bookings.deployment, storable(deployment));
  return readBookings(and(own, gte(bookings.day, from)), FEED_MAX);
}

/** One appointment. @throws {Problem} 404 where there is none; 503 where the database is away */
export async function readBooking(id: string): Promise<Booking> {
  const [booking] = await readBookings(eq(bookings.id, storable(id)), 1);
  if (!booking) throw new Problem('unknown-booking', 'The diary has no appointment of this id.');
  return booking;
}

/** What a call left at the desk. */
export interface LeftByCall {
  readonly bookings: readonly Booking[];
  readonly messages: readonly Message[];
}

/** @throws {Problem} 503 where the database is away */
export async function leftByCall(call: string): Promise<LeftByCall> {
  const id = storable(call);
  return {
    bookings: await readBookings(eq(bookings.call, id), BOOKINGS_MAX),
    messages: await readMessages(eq(messages.call, id), BOOKINGS_MAX),
  };
}
