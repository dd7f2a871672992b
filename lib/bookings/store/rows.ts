// Rows of the desk's tables as what they are.
import type { Booking, Message } from '../booking';
import type { Booked } from '../desk';
import type { bookings, messages } from './tables';

export type BookingRow = typeof bookings.$inferSelect;

/** @param call id of its call, where that is still kept */
export function bookingOf(row: BookingRow, call: string | null): Booking {
  const { requests: _, phone, place, cancelledAt, cancelledBy, ...others } = row;
  return {
    ...others,
    phone: phone ?? undefined,
    place: place ?? undefined,
    call: call ?? undefined,
    cancelledAt: cancelledAt ?? undefined,
    cancelledBy: cancelledBy ?? undefined,
  };
}

/** What an agent is told of it. */
export function bookedOf(row: BookingRow): Booked {
  const { reference, day, minute, minutes, service, person, name } = row;
  return { reference, day, minute, minutes, service, person, name };
}

export function messageOf(row: typeof messages.$inferSelect): Message {
  const { recipient, sender, phone, call, ...others } = row;
  return {
    ...others,
    to: recipient ?? undefined,
    from: sender ?? undefined,
    phone: phone ?? undefined,
    call: call ?? undefined,
  };
}
