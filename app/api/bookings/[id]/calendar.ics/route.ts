// One appointment as a calendar file to keep.
import { readBooking } from '@/lib/bookings/store/read-desk';
import { calendarOf, calendarResponse } from '@/lib/bookings/view/calendar';
import { callTimeline } from '@/lib/calls/view/one-call';
import { languageOf } from '@/lib/language/language';
import { may } from '@/lib/rights/rights';
import { routes } from '@/lib/route';
import { bookingsTexts } from '@/lib/text/bookings';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { id = '' }, visitor) => {
    const booking = await readBooking(id);
    // Of their own calls callers may keep what they booked.
    if (!may(visitor, 'desk')) await callTimeline(booking.call ?? '', visitor.account ?? '');
    const { calendar } = bookingsTexts[languageOf(request.headers)].bookingsText;
    const file = calendarOf([booking], calendar.name(booking.deployment), calendar);
    return calendarResponse(file, `appointment-${booking.day}-${booking.reference}.ics`);
  },
});
