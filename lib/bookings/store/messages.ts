// Messages, made of the events that tell of them, in the transaction that writes those: so none is
// there twice, and none is lost that was told. And what happens to messages and appointments when
// their call turns out to be part of another, or is deleted.
import { eq } from 'drizzle-orm';
import type { KeptEvent } from '../../calls/event';
import type { Database } from '../../calls/store/database';
import { bookings, messages } from './tables';

/** Writes the messages that these events tell of. */
export async function addMessages(
  tx: Database,
  placed: readonly (KeptEvent & { readonly call: string })[],
): Promise<void> {
  const rows = placed.flatMap(({ id, call, at, what }) => {
    if (what.kind !== 'message_taken') return [];
    const { deployment, reference, text, to: recipient, from: sender, phone } = what;
    return [{ id, call, takenAt: at, deployment, reference, text, recipient, sender, phone }];
  });
  if (rows.length > 0) await tx.insert(messages).values(rows).onConflictDoNothing();
}

/** Gives what was kept under a guessed id to the call it is part of. */
export async function giveToCall(tx: Database, from: string, to: string): Promise<void> {
  await tx.update(bookings).set({ call: to }).where(eq(bookings.call, from));
  await tx.update(messages).set({ call: to }).where(eq(messages.call, from));
}

/**
 * Forgets in which call an appointment was booked, when that call is deleted. The appointment stays in
 * the diary: somebody will come at that time, and whoever they come to has to know. Messages are the
 * caller's own words and go with the call.
 */
export async function unlinkBookings(tx: Database, call: string): Promise<void> {
  await tx.update(bookings).set({ call: null }).where(eq(bookings.call, call));
}
