// The times below the picture of a conversation.
import { cn } from '@/components/ui/cn';
import { shareOf, ticksOf } from '@/lib/calls/view/picture';
import { clock } from '@/lib/core/clock';

/** Height of the row of times, pixels. */
export const AXIS_HEIGHT = 26;

interface AxisProps {
  /** Milliseconds of the whole axis, and of what is in view of it. */
  readonly extent: number;
  readonly inView: number;
  /** Where the rows end, pixels. */
  readonly top: number;
}

/** A line at each tick, and its time below them. */
export function Axis({ extent, inView, top }: AxisProps) {
  return (
    <g>
      {ticksOf(extent, inView).map((ms, at) => {
        const share = shareOf(ms, extent, inView);
        return (
          <g key={ms}>
            <rect x={`${share * 100}%`} width={1} height={top} className="fill-line" />
            <text
              x={`${share * 100}%`}
              y={top + 18}
              textAnchor={at === 0 ? 'start' : share > 0.97 ? 'end' : 'middle'}
              // Half of the times fit a phone.
              className={cn('num fill-soft text-[12px]', at % 2 === 1 && 'max-sm:hidden')}
            >
              {clock(ms)}
            </text>
          </g>
        );
      })}
    </g>
  );
}
