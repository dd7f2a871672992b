'use client';
// The diary by day, and beside it the messages, filtered as the address says.
import { useSearchParams } from 'next/navigation';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import type { CalendarAddress } from '@/lib/accounts/calendar-key';
import { todayIn } from '@/lib/bookings/days';
import type { DeskList } from '@/lib/bookings/store/read-desk';
import { byDay } from '@/lib/bookings/view/by-day';
import {
  type DeskPageFilter,
  deskHref,
  deskQuery,
  NO_DESK_FILTER,
  readDeskFilter,
} from '@/lib/bookings/view/page-filter';
import { PRODUCTION } from '@/lib/deployment';
import { bookingsTexts } from '@/lib/text/bookings';
import { BookingRow } from './booking-row';
import { CancelBooking } from './cancel-booking';
import { DeskFilterBar } from './desk-filter';
import { EmptyDesk } from './empty-desk';
import { MessageRow } from './message-row';
import { Subscribe } from './subscribe';
import { useDesk } from './use-desk';

const LIST = 'divide-y divide-line rounded-large border border-line bg-surface';

interface BookingsViewProps {
  /** Undefined where the database did not answer. */
  readonly first: DeskList | undefined;
  /** When the server made the page, milliseconds since 1970. */
  readonly servedAt: number;
  /** This person's own for calendar programs, where people sign in. */
  readonly address: CalendarAddress | undefined;
}

export function BookingsView({ first, servedAt, address }: BookingsViewProps) {
  const { bookingsText: words } = useTexts(bookingsTexts);
  const filter = readDeskFilter(useSearchParams());
  const { desk, loading, problem, look } = useDesk(first, filter);
  // Next keeps its own view of the address in step with this.
  const change = (next: DeskPageFilter) => window.history.replaceState(null, '', deskHref(next));
  const showAll = () => change(NO_DESK_FILTER);
  return (
    <>
      <div className="mt-6">
        <DeskFilterBar filter={filter} onChange={change} />
      </div>
      {problem && (
        <Notice
          tone="stop"
          urgent
          title={words.away.title}
          body={problem.message}
          className="max-w-none"
        >
          <Button onClick={look}>{words.away.again}</Button>
        </Notice>
      )}
      <div
        className={cn(
          'mt-6 grid items-start gap-8 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]',
          loading && 'opacity-60',
        )}
      >
        <section aria-labelledby="appointments" className="min-w-0">
          <Head id="appointments" title={words.appointments}>
            {loading && words.loading}
            {!loading && desk && words.count(desk.bookings.length, desk.moreBookings)}
          </Head>
          {desk?.bookings.length === 0 && !loading && (
            <EmptyDesk onAll={deskQuery(filter).size > 0 ? showAll : undefined} />
          )}
          {byDay(desk?.bookings ?? []).map(({ day, bookings }) => (
            <div key={day} className="pb-5">
              <h3 id={`day-${day}`} className="pb-2 font-semibold text-[15px]">
                {words.day(day, todayIn(bookings[0]?.zone ?? 'UTC', servedAt))}
              </h3>
              <ul aria-labelledby={`day-${day}`} className={LIST}>
                {bookings.map((booking) => (
                  <BookingRow key={booking.id} booking={booking}>
                    {booking.cancelledAt === undefined && (
                      <CancelBooking booking={booking} onDone={look} />
                    )}
                  </BookingRow>
                ))}
              </ul>
            </div>
          ))}
          <Subscribe diary={filter.deployment || PRODUCTION} address={address} />
        </section>
        <section aria-labelledby="messages" className="min-w-0">
          <Head id="messages" title={words.messages.title}>
            {desk && desk.messages.length > 0
              ? words.messages.latest(desk.messages.length, desk.moreMessages)
              : null}
          </Head>
          {desk?.messages.length === 0 && (
            <p className="flex min-h-[4.25rem] items-center rounded-large border border-line bg-surface px-4 text-[15px] text-soft sm:px-5">
              {words.messages.none}
            </p>
          )}
          {desk && desk.messages.length > 0 && (
            <ul aria-labelledby="messages" className={LIST}>
              {desk.messages.map((message) => (
                <MessageRow key={message.id} message={message} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}

interface HeadProps {
  readonly id: string;
  readonly title: string;
  readonly children: React.ReactNode;
}

function Head({ id, title, children }: HeadProps) {
  return (
    <div className="flex items-baseline justify-between gap-4 pb-2.5">
      <h2 id={id} className="text-[18px]">
        {title}
      </h2>
      <p role="status" className="text-[14px] text-soft">
        {children}
      </p>
    </div>
  );
}
