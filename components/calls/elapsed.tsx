// A duration that goes on, in seconds.
import { useNow } from '@/components/ui/use-browser-value';
import { clock, isoDuration } from '@/lib/core/clock';

interface ElapsedProps {
  /** In milliseconds since 1970. */
  readonly from: number;
  /** What lasts, for screen readers. */
  readonly label: string;
}

/** Only known in the browser, so its space is reserved. */
export function Elapsed({ from, label }: ElapsedProps) {
  const now = useNow(undefined, 250);
  const ms = Math.max(0, (now ?? from) - from);
  return (
    <time
      dateTime={isoDuration(ms)}
      className="num inline-flex h-7 min-w-[4.5rem] items-center justify-center rounded-full border border-border bg-card px-2.5 font-medium text-sm"
    >
      <span className="sr-only">{label} </span>
      {now === undefined ? '' : clock(ms)}
    </time>
  );
}
