// What an answer waited for, as bars below it.

import { Fold } from '@/components/calls/fold';
import { useMessages } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import { type Bar, type Frame, frameOf } from '@/lib/calls/view/waterfall';
import { callMessages } from '@/lib/messages/call';
import { callsMessages } from '@/lib/messages/calls';

/** Minimum width of a bar in percent, so that short steps are visible. */
const MIN_WIDTH = 0.8;

export function TurnWaterfall({ bars }: { readonly bars: readonly Bar[] }) {
  const { waterfall: words } = useMessages(callMessages).callText;
  return (
    <Fold title={words.title}>
      <Bars bars={bars} />
    </Fold>
  );
}

function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const { waterfall: words } = useMessages(callMessages).callText;
  const { callsText } = useMessages(callsMessages);
  const frame = frameOf(bars);
  return (
    <div className="pb-1">
      <ol className="grid gap-2">
        {bars.map((bar) => {
          const { kind, id, what, from, to, firstAt, failed } = bar;
          const notes = [
            firstAt !== undefined && words.first(kind, firstAt - from),
            failed && words.failed,
          ];
          return (
            <li key={`${kind} ${id}`}>
              <p className="flex items-baseline justify-between gap-x-3">
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  <span className={cn('font-semibold', failed && 'text-stop-ink')}>
                    {words.kinds[kind]}
                  </span>
                  {what && ` ${what}`}
                  <span className="text-muted-foreground">
                    {notes.filter(Boolean).map((note) => ` · ${note}`)}
                  </span>
                  <span className="sr-only"> · {words.begins(Math.round(from - frame.zero))}</span>
                </span>
                <span className="num flex-none">{callsText.ms(to - from)}</span>
              </p>
              <BarPicture bar={bar} frame={frame} />
            </li>
          );
        })}
      </ol>
      <p className="pt-1.5 text-muted-foreground">
        {bars.some(({ kind }) => kind === 'user') ? words.line : words.start}
      </p>
    </div>
  );
}

const FILLS: Readonly<Record<Bar['kind'], string>> = {
  user: 'fill-muted-foreground',
  endOfTurn: 'fill-amber',
  model: 'fill-foreground',
  tool: 'fill-foreground',
  speech: 'fill-foreground',
  voice: 'fill-muted-foreground',
};

interface BarPictureProps {
  readonly bar: Bar;
  readonly frame: Frame;
}

/** A bar on its track, with the end of speech and the first token or audio as lines. */
function BarPicture({ bar: { kind, from, to, firstAt, failed }, frame }: BarPictureProps) {
  const place = (ms: number) =>
    100 * Math.min(1, Math.max(0, (ms - frame.from) / (frame.to - frame.from)));
  const x = Math.min(place(from), 100 - MIN_WIDTH);
  return (
    <svg aria-hidden="true" className="mt-0.5 block h-3 w-full overflow-visible">
      <rect y={1} width="100%" height={10} rx={3} className="fill-accent" />
      <rect
        x={`${x}%`}
        y={1}
        width={`${Math.max(MIN_WIDTH, place(to) - x)}%`}
        height={10}
        rx={3}
        className={failed ? 'fill-destructive' : FILLS[kind]}
      />
      {firstAt !== undefined && (
        <rect x={`${place(firstAt)}%`} y={1} width={2} height={10} className="fill-go" />
      )}
      <rect x={`${place(frame.zero)}%`} y={-2} width={1} height={16} className="fill-staging" />
    </svg>
  );
}
