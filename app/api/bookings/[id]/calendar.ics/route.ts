// One appointment as a calendar file to keep.
import { readBooking } from '@/lib/bookings/store/read-desk';
import { calendarOf, calendarResponse } from '@/lib/bookings/view/calendar';
import { languageOf } from '@/lib/language/language';
import { routes } from '@/lib/route';
import { bookingsTexts } from '@/lib/text/bookings';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request, { id = '' }) => {
    const booking = await readBooking(id);
    const { calendar } = bookingsTexts[languageOf(request.headers)].bookingsText;
    const file = calendarOf([booking], calendar.name(booking.deployment), calendar);
    return calendarResponse(file, `appointment-${booking.day}-${booking.reference}.ics`);
  },
});
