// Where the time of a call went: from the click to the first voice, and the measured steps of each answer.
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Setup } from '@/components/calls/call-facts';
import { TurnSteps } from '@/components/calls/turn-waterfall';
import { Panel } from '@/components/ui/panel';
import type { Timeline } from '@/lib/calls/call';
import { isTurn } from '@/lib/calls/view/picture';
import { waterfalls } from '@/lib/calls/view/waterfall';
import { clock } from '@/lib/core/clock';

export function CallTraces({ timeline }: { readonly timeline: Timeline }) {
  const t = useTranslations('callDetails.waterfall');
  const bars = useMemo(() => waterfalls(timeline), [timeline]);
  const answers = timeline.marks.filter(isTurn).flatMap((turn) => {
    const own = bars.get(turn.id);
    return own ? [{ turn, bars: own }] : [];
  });
  return (
    <div className="grid gap-4 lg:gap-5">
      <Setup stages={timeline.stages} />
      <Panel title={t('all')}>
        {answers.length === 0 ? (
          <p className="text-sm text-muted-foreground">{t('none')}</p>
        ) : (
          <ol className="divide-y divide-border text-sm">
            {answers.map(({ turn, bars: own }) => (
              <li
                key={turn.id}
                className="grid gap-x-5 gap-y-2 py-3 first:pt-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]"
              >
                <p className="[overflow-wrap:anywhere]">
                  <span className="num text-muted-foreground">{clock(turn.from)}</span> {turn.text}
                </p>
                <TurnSteps bars={own} />
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </div>
  );
}
