'use client';
// How long the call has lasted, to the second; still once it is over.
import { useEffect, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { clock, isoDuration } from '@/lib/core/clock';
import { mainMessages } from '@/lib/messages/main';

export function Timer({ from, to }: { readonly from: number; readonly to: number | undefined }) {
  const { text } = useMessages(mainMessages);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (to !== undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [to]);
  const ms = Math.max(0, (to ?? now) - from);
  return (
    <time
      dateTime={isoDuration(ms)}
      aria-label={text.call.timer}
      role="timer"
      className="num inline-flex h-7 items-center rounded-full border border-line bg-surface px-2.5 font-medium text-[13px]"
    >
      {clock(ms)}
    </time>
  );
}
