'use client';
// How long a call has been on, to the second. Known only in the browser: its place is kept.
import { useEffect, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { clock, isoDuration } from '@/lib/core/clock';
import { callsMessages } from '@/lib/messages/calls';

/** `from` is milliseconds since 1970. */
export function Elapsed({ from }: { readonly from: number }) {
  const { callsText } = useMessages(callsMessages);
  const [now, setNow] = useState<number>();
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, []);
  const ms = Math.max(0, (now ?? from) - from);
  return (
    <time
      dateTime={isoDuration(ms)}
      className="num inline-flex h-7 min-w-[4.5rem] items-center justify-center rounded-full border border-line bg-surface px-2.5 font-medium text-[13px]"
    >
      <span className="sr-only">{callsText.length} </span>
      {now === undefined ? '' : clock(ms)}
    </time>
  );
}
