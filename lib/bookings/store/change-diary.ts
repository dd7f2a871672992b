// Changes the diary: books, moves and cancels. Each in one transaction that holds the lock of its
// diary, so that of two calls that want one person's time at once, one gets it.
import { randomUUID } from 'node:crypto';
import { and, arrayContains, desc, eq, isNull, or } from 'drizzle-orm';
import { tellChanged } from '../../calls/store/call-feed';
import { type Database, withDatabase } from '../../calls/store/database';
import { notifyOthers } from '../../calls/store/other-processes';
import { callRooms } from '../../calls/store/schema';
import { storable } from '../../calls/store/storable';
import { lock } from '../../calls/store/write-steps';
import { Problem } from '../../problem';
import type { CancelledBy } from '../booking';
import {
  type Booked,
  type BookRequest,
  type CallPlace,
  type CancelRequest,
  referenceOf,
} from '../desk';
import { decide } from '../rules';
import { type BookingRow, bookedOf } from './rows';
import { bookings } from './tables';
import { takeOver } from './take-over';

/** Does `work` while nobody else changes that diary, and tells pages of what it returns. */
async function inDiary(
  deployment: string,
  work: (tx: Database) => Promise<BookingRow | undefined>,
): Promise<void> {
  await takeOver();
  const changed = await withDatabase((db) =>
    db.transaction(async (tx) => {
      await lock(tx, 'diary', new Set([deployment]));
      const row = await work(tx);
      // Pages of calls and of the diary hear of it as of a call.
      const ids = row ? [row.call ?? row.id] : [];
      await notifyOthers(tx, ids);
      return ids;
    }),
  );
  tellChanged(changed);
}

/** The call that asks: by its id, else the latest of its room. */
async function callAt(tx: Database, { call, room, roomSid }: CallPlace): Promise<string | null> {
  if (call !== undefined) return call;
  const own = roomSid === undefined ? eq(callRooms.name, room) : eq(callRooms.sid, roomSid);
  const [found] = await tx
    .select({ call: callRooms.call })
    .from(callRooms)
    .where(own)
    .orderBy(desc(callRooms.id))
    .limit(1);
  return found?.call ?? null;
}

/**
 * Books, or moves what it replaces; undefined where somebody else has that time.
 * @param now milliseconds since 1970
 * @throws {Problem} 503 where the database is away
 */
export async function book(asked: BookRequest, now = Date.now()): Promise<Booked | undefined> {
  const { deployment, request, where, wish } = storable(asked);
  let booked: BookingRow | undefined;
  await inDiary(deployment, async (tx) => {
    const own = eq(bookings.deployment, deployment);
    [booked] = await tx
      .select()
      .from(bookings)
      .where(and(own, arrayContains(bookings.requests, [request])));
    if (booked) return undefined;

    const { replaces, people, ...wanted } = wish;
    const replaced = replaces === undefined ? undefined : eq(bookings.reference, replaces);
    const held = await tx
      .select()
      .from(bookings)
      .where(and(own, isNull(bookings.cancelledAt), or(eq(bookings.day, wish.day), replaced)));
    const decision = decide(held, wish);
    if (decision.is === 'taken') return undefined;
    if (decision.is === 'theirs') {
      booked = decision.held;
      return undefined;
    }

    const call = await callAt(tx, where);
    const before = held.find(({ reference }) => reference === replaces);
    const slot = { ...wanted, person: decision.person, changedAt: now };
    if (before) {
      const moved = {
        ...slot,
        phone: wish.phone ?? before.phone,
        call: call ?? before.call,
        requests: [...before.requests, request],
        sequence: before.sequence + 1,
      };
      [booked] = await tx.update(bookings).set(moved).where(eq(bookings.id, before.id)).returning();
    } else {
      const id = randomUUID();
      const made = { id, reference: referenceOf(id), deployment, requests: [request], call };
      [booked] = await tx
        .insert(bookings)
        .values({ ...slot, ...made, bookedAt: now, sequence: 0 })
        .returning();
    }
    return booked;
  });
  return booked && bookedOf(booked);
}

/** Marks it as cancelled. */
async function cancel(
  tx: Database,
  before: BookingRow,
  by: CancelledBy,
  now: number,
  requests = before.requests,
): Promise<BookingRow | undefined> {
  const sequence = before.sequence + 1;
  const cancelled = { cancelledAt: now, cancelledBy: by, changedAt: now, sequence, requests };
  const [row] = await tx
    .update(bookings)
    .set(cancelled)
    .where(eq(bookings.id, before.id))
    .returning();
  return row;
}

/**
 * Cancels for a caller; false where no such appointment holds.
 * @throws {Problem} 503 where the database is away
 */
export async function cancelInCall(asked: CancelRequest, now = Date.now()): Promise<boolean> {
  const { deployment, request, reference } = storable(asked);
  let done = false;
  await inDiary(deployment, async (tx) => {
    const [row] = await tx
      .select()
      .from(bookings)
      .where(and(eq(bookings.deployment, deployment), eq(bookings.reference, reference)));
    // Asked again after a lost answer, it is done already.
    done = row !== undefined && (row.cancelledAt === null || row.requests.includes(request));
    if (!row || row.cancelledAt !== null) return undefined;
    return cancel(tx, row, 'call', now, [...row.requests, request]);
  });
  return done;
}

/**
 * Cancels for somebody on the page. One that is cancelled already stays as it is.
 * @throws {Problem} 404 where there is no such appointment, 503 where the database is away
 */
export async function cancelByHand(id: string, now = Date.now()): Promise<void> {
  const one = eq(bookings.id, storable(id));
  const [found] = await withDatabase((db) => db.select().from(bookings).where(one));
  if (!found) throw new Problem('unknown-booking', 'The diary has no appointment of this id.');
  await inDiary(found.deployment, async (tx) => {
    const [row] = await tx.select().from(bookings).where(one);
    return row?.cancelledAt === null ? cancel(tx, row, 'hand', now) : undefined;
  });
}
