// Appointments as a diary shows them: a list for each day. Pure.
import type { Booking } from '../booking';

/** One day of the diary. */
export interface DiaryDay {
  /** ISO date. */
  readonly day: string;
  readonly bookings: readonly Booking[];
}

/** The days that have one. @param bookings in the order of day and time */
export function byDay(bookings: readonly Booking[]): readonly DiaryDay[] {
  const days = [...new Set(bookings.map(({ day }) => day))];
  return days.map((day) => ({ day, bookings: bookings.filter((one) => one.day === day) }));
}
