// What a call left at the desk: its appointments and messages.

import Link from 'next/link';
import { BookingRow } from '@/components/bookings/booking-row';
import { MessageRow } from '@/components/bookings/message-row';
import { useTexts } from '@/components/language/language';
import type { LeftByCall } from '@/lib/bookings/store/read-desk';
import { bookingsTexts } from '@/lib/text/bookings';
import { Panel } from './panel';

export function CallDesk({ bookings, messages }: LeftByCall) {
  const { bookingsText: words } = useTexts(bookingsTexts);
  const page = (
    <Link href="/bookings" className="underline underline-offset-3 hover:text-ink">
      {words.diary}
    </Link>
  );
  return (
    <>
      {bookings.length > 0 && (
        <Panel title={words.appointments} aside={page}>
          <ul className="divide-y divide-line">
            {bookings.map((booking) => (
              <BookingRow key={booking.id} booking={booking} inCall />
            ))}
          </ul>
        </Panel>
      )}
      {messages.length > 0 && (
        <Panel title={words.messages.title}>
          <ul className="divide-y divide-line">
            {messages.map((message) => (
              <MessageRow key={message.id} message={message} inCall />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
