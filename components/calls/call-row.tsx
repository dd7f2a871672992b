// A past call in the list: title, participants, time and outcome.
import Link from 'next/link';
import { SLOW_ANSWER_MS } from '@/components/calls/answer-time';
import { DeploymentChips, EndedChip, ErrorsChip, OutcomeChip } from '@/components/calls/call-chips';
import { useWording } from '@/components/calls/use-wording';
import { When } from '@/components/ui/local-time';
import type { CallSummary } from '@/lib/calls/call';
import { callTitle, whoText } from '@/lib/calls/view/call-words';
import { spread } from '@/lib/calls/view/picture';
import { clock, isoDuration } from '@/lib/core/clock';
import { duration } from '@/lib/core/figures';
import { pathSegment } from '@/lib/core/path-segment';

export function CallRow({ call }: { readonly call: CallSummary }) {
  const wording = useWording();
  const { t, locale } = wording;
  const answers = spread(call.answerMs);
  const length = call.endedAt === undefined ? undefined : call.endedAt - call.requestedAt;
  return (
    <li className="relative grid gap-x-5 gap-y-1 px-4 py-3 transition-colors duration-150 hover:bg-accent sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5">
      <div className="min-w-0">
        <Link
          href={`/calls/${pathSegment(call.id)}`}
          className="block truncate font-semibold text-base outline-offset-[-2px] after:absolute after:inset-0"
        >
          {callTitle(call, wording)}
        </Link>
        <p className="truncate text-sm text-muted-foreground">
          {whoText(call, wording)}
          {' · '}
          {t('turns', { count: call.turns })}
          {answers && (
            <>
              {' · '}
              <span className={answers.median >= SLOW_ANSWER_MS ? 'text-standby' : undefined}>
                {t('answers', { time: duration(answers.median, locale) })}
              </span>
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 sm:flex-col sm:items-end">
        <p className="flex flex-wrap gap-x-3 text-sm text-muted-foreground">
          <When at={call.requestedAt} />
          {length !== undefined && (
            <time
              dateTime={isoDuration(length)}
              className="num inline-block text-foreground sm:min-w-[7ch] sm:text-right"
            >
              <span className="sr-only">{t('length')} </span>
              {clock(length)}
            </time>
          )}
        </p>
        <div className="flex flex-wrap gap-1.5 empty:hidden sm:justify-end">
          <DeploymentChips call={call} />
          <OutcomeChip call={call} />
          <EndedChip call={call} />
          <ErrorsChip call={call} />
        </div>
      </div>
    </li>
  );
}
