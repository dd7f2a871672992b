// What an answer waited for, as bars below it.
import { useLocale, useTranslations } from 'next-intl';
import { Fold } from '@/components/calls/fold';
import { cn } from '@/components/ui/cn';
import { type Bar, type Frame, frameOf } from '@/lib/calls/view/waterfall';
import { duration } from '@/lib/core/figures';

/** Minimum width of a bar in percent, so that short steps are visible. */
const MIN_WIDTH = 0.8;

export function TurnWaterfall({ bars }: { readonly bars: readonly Bar[] }) {
  const t = useTranslations('callDetails.waterfall');
  return (
    <Fold title={t('title')}>
      <TurnSteps bars={bars} />
    </Fold>
  );
}

/** The steps of an answer. */
export function TurnSteps({ bars }: { readonly bars: readonly Bar[] }) {
  const t = useTranslations('callDetails.waterfall');
  const locale = useLocale();
  const frame = frameOf(bars);
  return (
    <div className="pb-1">
      <ol className="grid gap-2">
        {bars.map((bar) => {
          const { kind, id, what, from, to, firstAt, failed } = bar;
          const begins = from - frame.zero;
          const notes = [
            firstAt !== undefined &&
              t(kind === 'speech' ? 'firstAudio' : 'firstToken', {
                time: duration(firstAt - from, locale),
              }),
            failed && t('failed'),
          ];
          return (
            <li key={`${kind} ${id}`}>
              <p className="flex items-baseline justify-between gap-x-3">
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  <span className={cn('font-semibold', failed && 'text-stop-ink')}>
                    {t(`kinds.${kind}`)}
                  </span>
                  {what && ` ${what}`}
                  <span className="text-muted-foreground">
                    {notes.filter(Boolean).map((note) => ` · ${note}`)}
                  </span>
                  <span className="sr-only">
                    {' '}
                    ·{' '}
                    {t(begins < 0 ? 'before' : 'after', {
                      time: duration(Math.abs(begins), locale),
                    })}
                  </span>
                </span>
                <span className="num flex-none">{duration(to - from, locale)}</span>
              </p>
              <BarPicture bar={bar} frame={frame} />
            </li>
          );
        })}
      </ol>
      <p className="pt-1.5 text-muted-foreground">
        {bars.some(({ kind }) => kind === 'user') ? t('line') : t('start')}
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
