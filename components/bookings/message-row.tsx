// A message in a row: from whom, for whom, its words, and how to answer it.
import Link from 'next/link';
import { When } from '@/components/calls/when';
import { useTexts } from '@/components/language/language';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import type { Message } from '@/lib/bookings/booking';
import { PRODUCTION } from '@/lib/deployment';
import { bookingsTexts } from '@/lib/text/bookings';
import { WAY } from './booking-row';

interface MessageRowProps {
  readonly message: Message;
  /** Whether it stands under its own call. */
  readonly inCall?: boolean;
}

export function MessageRow({ message, inCall = false }: MessageRowProps) {
  const { bookingsText } = useTexts(bookingsTexts);
  const { messages: words } = bookingsText;
  const { text, to, from, phone, call, takenAt, deployment } = message;
  return (
    <li className={cn('py-3', inCall ? 'first:pt-0 last:pb-0' : 'px-4 sm:px-5')}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-[15px] [overflow-wrap:anywhere]">
          {words.from(message)}
        </span>
        {to && (
          <span className="text-[14px] text-soft [overflow-wrap:anywhere]">{words.to(to)}</span>
        )}
        {deployment !== PRODUCTION && <Chip tone="rehearsal">{deployment}</Chip>}
      </p>
      <p className="py-1 text-[15px] leading-relaxed [overflow-wrap:anywhere]">{text}</p>
      <p className="flex flex-wrap items-center gap-x-3 text-[13px] text-soft">
        <When at={takenAt} />
        {phone && (
          <span>
            {words.phone} <span className="num text-ink">{phone}</span>
          </span>
        )}
        {call && !inCall && (
          <Link
            href={`/calls/${encodeURIComponent(call)}`}
            aria-label={words.callOf(from ?? words.somebody)}
            className={WAY}
          >
            {bookingsText.call}
          </Link>
        )}
      </p>
    </li>
  );
}
