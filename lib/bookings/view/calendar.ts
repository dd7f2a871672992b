// Appointments as a calendar file (RFC 5545): one to keep, or a diary to subscribe to. Pure: the same
// appointments make the same file.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { DateTime } from 'luxon';
import type { TextsOf } from '../../language/language';
import { bookingsTexts } from '../../text/bookings';
import type { Booking } from '../booking';
import { timeZoneComponent } from './time-zone';

/** Seconds after which who subscribes looks again: what is booked for today should be seen today. */
const LOOK_EVERY_S = 15 * 60;
/** Media type of such a file. */
const TYPE = 'text/calendar; charset=utf-8';

/** When a time of a wall clock is. One that the clock leaves out in spring is an hour later. */
function instantOf({ day, minute, zone }: Booking): DateTime {
  return DateTime.fromISO(day, { zone }).set({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  });
}

/** The file, its lines ended and folded as the format wants it. */
export function calendarOf(
  bookings: readonly Booking[],
  name: string,
  words: TextsOf<typeof bookingsTexts>['bookingsText']['calendar'] = bookingsTexts.en.bookingsText
    .calendar,
): string {
  const years = bookings.map(({ day }) => Number(day.slice(0, 4)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const calendar = ical({
    name,
    prodId: { company: 'Callboard', product: 'Diary', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_EVERY_S,
  });
  // No zone for the calendar as a whole: its stamps would be in it, and have to be in UTC.
  calendar.timezone({ name: null, generator: (zone) => timeZoneComponent(zone, first, last) });
  for (const booking of bookings) {
    const { minutes, zone, place, bookedAt, changedAt, sequence } = booking;
    const start = instantOf(booking);
    const cancelled = booking.cancelledAt !== undefined;
    calendar.createEvent({
      id: `${booking.id}@callboard`,
      sequence,
      start,
      end: start.plus({ minutes }),
      timezone: zone,
      summary: words.summary(booking),
      description: words.about(booking),
      location: place ?? null,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      // What makes the file the same each time it is asked for.
      stamp: new Date(changedAt),
      created: new Date(bookedAt),
      lastModified: new Date(changedAt),
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** The answer that carries the file. @param saveAs its name, where it is to be kept */
export function calendarResponse(file: string, saveAs?: string): Response {
  const headers = { 'content-type': TYPE, 'cache-control': 'no-store' };
  const kept = saveAs && { 'content-disposition': `attachment; filename="${saveAs}"` };
  return new Response(file, { headers: { ...headers, ...kept } });
}
