// An appointment in a row: when, who, what and with whom, and the ways to its call and its file.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import type { Booking } from '@/lib/bookings/booking';
import { timeOf } from '@/lib/bookings/days';
import { PRODUCTION } from '@/lib/deployment';
import { bookingsTexts } from '@/lib/text/bookings';
import { Chip } from '../ui/chip';
import { fileHref } from './bookings-client';

/** The look of the small ways out of a row. */
export const WAY =
  'inline-flex min-h-9 items-center rounded-small px-1 font-medium text-[14px] text-soft underline underline-offset-3 hover:text-ink';

interface BookingRowProps {
  readonly booking: Booking;
  /** Whether it stands under its own call. */
  readonly inCall?: boolean;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

export function BookingRow({ booking, inCall = false, children }: BookingRowProps) {
  const { bookingsText: words } = useTexts(bookingsTexts);
  const { id, name, phone, day, minute, call, deployment } = booking;
  const cancelled = booking.cancelledAt !== undefined;
  return (
    <li className={cn('py-3', inCall ? 'first:pt-0 last:pb-0' : 'px-4 sm:px-5')}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <time
          dateTime={`${day}T${timeOf(minute)}`}
          className={cn('num text-[15px]', cancelled && 'text-soft line-through')}
        >
          {inCall && `${words.on(day)}, `}
          {words.time(booking)}
        </time>
        <span
          className={cn(
            'min-w-0 font-semibold text-[16px] [overflow-wrap:anywhere]',
            cancelled && 'text-soft line-through',
          )}
        >
          {name}
        </span>
        {cancelled && <Chip tone="off">{words.cancelled(booking)}</Chip>}
        {deployment !== PRODUCTION && <Chip tone="rehearsal">{deployment}</Chip>}
      </div>
      <p className="pt-0.5 text-[14px] text-soft [overflow-wrap:anywhere]">
        {words.what(booking)}
        {phone && (
          <>
            {' · '}
            {words.phone} <span className="num text-ink">{phone}</span>
          </>
        )}
      </p>
      <div className="-ml-1 flex flex-wrap items-center gap-x-3">
        {call && !inCall && (
          <Link
            href={`/calls/${encodeURIComponent(call)}`}
            aria-label={words.callOf(name)}
            className={WAY}
          >
            {words.call}
          </Link>
        )}
        <a href={fileHref(id)} download aria-label={words.fileOf(name)} className={WAY}>
          {words.file}
        </a>
        {children}
      </div>
    </li>
  );
}
