// A diary as a calendar to subscribe to: what was lately and all that is to come. Cancelled ones are
// in it as such, so that calendars which have them already take them out.
import { earliestToday } from '@/lib/bookings/days';
import { readDiary } from '@/lib/bookings/store/read-desk';
import { calendarOf, calendarResponse } from '@/lib/bookings/view/calendar';
import { parseFeedQuery } from '@/lib/bookings/view/query';
import { languageOf } from '@/lib/language/language';
import { routes } from '@/lib/route';
import { bookingsTexts } from '@/lib/text/bookings';

export const dynamic = 'force-dynamic';

/** Milliseconds that stay in it after they have passed. Our own choice: what people look back for. */
const PAST_MS = 30 * 24 * 60 * 60_000;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (request) => {
    const deployment = parseFeedQuery(new URL(request.url).searchParams);
    const bookings = await readDiary(deployment, earliestToday(Date.now() - PAST_MS));
    const { calendar } = bookingsTexts[languageOf(request.headers)].bookingsText;
    return calendarResponse(calendarOf(bookings, calendar.name(deployment), calendar));
  },
});
