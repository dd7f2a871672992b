// No appointment, and what to do about it.
import { Phone } from 'lucide-react';
import Link from 'next/link';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { bookingsTexts } from '@/lib/text/bookings';

/** @param onAll shows all that is to come; undefined where nothing is filtered */
export function EmptyDesk({ onAll }: { readonly onAll?: () => void }) {
  const { bookingsText } = useTexts(bookingsTexts);
  const words = onAll ? bookingsText.nothing : bookingsText.empty;
  return (
    <div className="rounded-large border border-line bg-surface p-5 sm:p-8">
      <h3 className="font-semibold text-[17px]">{words.title}</h3>
      <p className="mt-1 max-w-[34rem] text-[15px] text-soft leading-relaxed">{words.body}</p>
      <p className="mt-4">
        {onAll ? (
          <Button onClick={onAll}>{bookingsText.nothing.all}</Button>
        ) : (
          <Link
            href="/?agent=front-desk"
            className="inline-flex min-h-11 items-center gap-2 rounded-mid bg-cue px-4 font-semibold text-[15px] text-cue-ink hover:bg-cue-hover"
          >
            <Phone aria-hidden="true" className="size-4 fill-current stroke-none" />
            {bookingsText.empty.start}
          </Link>
        )}
      </p>
    </div>
  );
}
