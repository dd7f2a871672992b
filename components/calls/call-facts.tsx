// Facts about a call as a whole: how it ended and was judged, its latency, its agents' versions and usage, and its setup.
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useFeature } from '@/components/accounts/visitor';
import { useDisplayName } from '@/components/agents/agent-list';
import { SLOW_ANSWER_MS } from '@/components/calls/answer-time';
import { OutcomeChip, Tag } from '@/components/calls/call-chips';
import { Fold } from '@/components/calls/fold';
import { useWording } from '@/components/calls/use-wording';
import { buttonVariants } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { Panel } from '@/components/ui/panel';
import { type CallSummary, isFailure, type Stage, type Timeline } from '@/lib/calls/call';
import { CURRENCY } from '@/lib/calls/prices';
import { costOf, totalCost, USAGE_AMOUNTS } from '@/lib/calls/usage';
import { whoText } from '@/lib/calls/view/call-words';
import { type Judgement, judgementIn, versionsIn } from '@/lib/calls/view/facts';
import { spread, usageIn } from '@/lib/calls/view/picture';
import { PRODUCTION } from '@/lib/core/deployment';
import { duration } from '@/lib/core/figures';
import { money } from '@/lib/core/format';
import { pathSegment } from '@/lib/core/path-segment';

/** Milliseconds without an agent after which a call in progress gets a link to the doctor. Our own choice. */
const MISSED_MS = 10_000;

/** Whether a link to the doctor is shown. */
function mayAsk(call: CallSummary, now: number): boolean {
  const { endedAt, joinedAt, requestedAt } = call;
  if (isFailure(call)) return true;
  return endedAt === undefined && joinedAt === undefined && now - requestedAt > MISSED_MS;
}

interface OutcomeProps {
  readonly timeline: Timeline;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function Outcome({ timeline: { call, marks }, now }: OutcomeProps) {
  const t = useTranslations('callDetails');
  const wording = useWording();
  const callerTitle = useTranslations('caller')('title');
  const why = useTranslations('whyNobody')('link');
  const hasDoctor = useFeature('doctor');
  const judgement = judgementIn(marks, call.outcome);
  return (
    <Panel title={t('outcome.title')} aside={<OutcomeChip call={call} />}>
      <p className="text-base [overflow-wrap:anywhere]">
        {whoText(call, wording)}
        <span className="block text-sm text-muted-foreground">
          {t(`origin.${call.origin}`)} · {t('room')} <span className="num">{call.room}</span>
        </span>
        {call.endReason && (
          <span className="block text-sm text-muted-foreground">
            {t('quoted', { text: call.endReason })}
          </span>
        )}
      </p>
      <Judged judgement={judgement} />
      {call.callerId && (
        <Link
          href={`/callers/${pathSegment(call.callerId)}`}
          className="mt-1 inline-flex min-h-11 items-center text-sm text-muted-foreground underline underline-offset-3 hover:text-foreground"
        >
          {callerTitle}
        </Link>
      )}
      {hasDoctor && mayAsk(call, now) && (
        <Link
          href={`/doctor?room=${encodeURIComponent(call.room)}`}
          className={buttonVariants({ className: 'mt-3' })}
        >
          {why}
        </Link>
      )}
    </Panel>
  );
}

const VERDICTS = { pass: 'go', fail: 'stop', maybe: 'off' } as const;

function Verdict({ verdict }: { readonly verdict: string }) {
  const t = useTranslations('callDetails');
  if (!Object.hasOwn(VERDICTS, verdict)) return <Chip tone="off">{verdict}</Chip>;
  const known = verdict as keyof typeof VERDICTS;
  return <Chip tone={VERDICTS[known]}>{t(`outcome.verdicts.${known}`)}</Chip>;
}

/** What the agent and those who judged the call say about it. */
function Judged({ judgement: { reason, tags, evaluations } }: { readonly judgement: Judgement }) {
  const t = useTranslations('callDetails');
  return (
    <>
      {reason && (
        <p className="mt-2 text-base [overflow-wrap:anywhere]">{t('quoted', { text: reason })}</p>
      )}
      {tags.length > 0 && (
        <ul aria-label={t('outcome.tags')} className="mt-3 flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag}>
              <Tag>{tag}</Tag>
            </li>
          ))}
        </ul>
      )}
      {evaluations.length > 0 && (
        <ul
          aria-label={t('outcome.evaluations')}
          className="mt-3 divide-y divide-border border-border border-t text-sm"
        >
          {evaluations.map((one) => (
            <li key={`${one.agent} ${one.name}`} className="py-2">
              <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                <span className="font-medium [overflow-wrap:anywhere]">{one.name}</span>
                <Verdict verdict={one.verdict} />
              </p>
              {one.reason && (
                <p className="text-sm text-muted-foreground [overflow-wrap:anywhere]">
                  {one.reason}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Which versions of the agents talked, for developers. */
export function Versions({ timeline: { marks } }: { readonly timeline: Timeline }) {
  const t = useTranslations('callDetails.versions');
  const nameOf = useDisplayName();
  const versions = versionsIn(marks);
  if (versions.length === 0) return null;
  return (
    <Panel title={t('title')}>
      <ul className="divide-y divide-border text-sm">
        {versions.map(({ agent, deployment, version, tools, instructions }) => (
          <li key={`${agent} ${deployment} ${version}`} className="py-2 first:pt-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium [overflow-wrap:anywhere]">{nameOf(agent)}</span>
              <span className="num text-sm [overflow-wrap:anywhere]">{version}</span>
            </p>
            <p className="text-sm text-muted-foreground [overflow-wrap:anywhere]">
              {deployment || PRODUCTION} ·{' '}
              {tools.length === 0 ? t('noTools') : `${t('tools')}: ${tools.join(', ')}`}
            </p>
            {instructions && (
              <Fold title={t('instructions')}>
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{instructions}</p>
              </Fold>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Answers({ call }: { readonly call: CallSummary }) {
  const t = useTranslations('callDetails.answers');
  const locale = useLocale();
  const measured = spread(call.answerMs);
  if (!measured) {
    return (
      <Panel title={t('title')}>
        <p className="text-sm text-muted-foreground">{t('none')}</p>
      </Panel>
    );
  }
  const figures = [
    [t('median'), measured.median],
    [t('slowest'), measured.slowest],
  ] as const;
  return (
    <Panel title={t('title')} aside={t('hint')}>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {figures.map(([name, ms]) => (
          <div key={name}>
            <dt className="text-sm text-muted-foreground">{name}</dt>
            <dd
              className={cn(
                'display text-xl leading-tight',
                ms >= SLOW_ANSWER_MS && 'text-standby',
              )}
            >
              {duration(ms, locale)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-1 text-sm text-muted-foreground">{t('of', { count: measured.count })}</p>
    </Panel>
  );
}

/** What the agents' models used, and what it cost. */
export function Usage({ timeline: { marks } }: { readonly timeline: Timeline }) {
  const t = useTranslations('callDetails.usage');
  const locale = useLocale();
  const models = usageIn(marks);
  const total = totalCost(models);
  if (models.length === 0) {
    return (
      <Panel title={t('title')}>
        <p className="text-sm text-muted-foreground">{t('none')}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('title')}
      aside={total !== undefined && <span className="num">{money(total, CURRENCY, locale)}</span>}
    >
      <ul className="divide-y divide-border text-sm">
        {models.map((one) => {
          const cost = costOf(one);
          const amounts = USAGE_AMOUNTS.filter((amount) => one[amount]);
          return (
            <li key={`${one.type} ${one.provider} ${one.model}`} className="py-2 first:pt-0">
              <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium [overflow-wrap:anywhere]">
                  {one.model || t('unnamed')}
                </span>
                {total !== undefined && (
                  <span className={cn(cost !== undefined && 'num', 'text-sm')}>
                    {cost === undefined ? t('noPrice') : money(cost, CURRENCY, locale)}
                  </span>
                )}
              </p>
              <p className="text-sm text-muted-foreground [overflow-wrap:anywhere]">
                {[t(`types.${one.type}`), one.provider].filter(Boolean).join(' · ')}
              </p>
              <p className="text-sm text-muted-foreground">
                {amounts
                  .map((amount) => {
                    const count = one[amount] ?? 0;
                    return t(`amounts.${amount}`, { count, time: duration(count, locale) });
                  })
                  .join(' · ')}
              </p>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** Milliseconds from which a stage is amber. Our own choice, as for a slow join. */
const SLOW_STAGE_MS = 2_000;
/** Minimum width in percent, so that short stages are visible. */
const MIN_WIDTH = 0.6;

export function Setup({ stages }: { readonly stages: readonly Stage[] }) {
  const t = useTranslations('callDetails.setUp');
  const locale = useLocale();
  const stageName = useTranslations('stages');
  const end = Math.max(1, ...stages.map(({ to }) => to));
  return (
    <Panel
      title={t('title')}
      aside={
        stages.some(({ name }) => name === 'first audio') && (
          <span className="num">
            <span className="sr-only">{t('total')}: </span>
            {duration(end, locale)}
          </span>
        )
      }
    >
      {stages.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t('none')}</p>
      ) : (
        <table className="w-full border-separate border-spacing-y-1.5 text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('stage')}</th>
              <th scope="col">{t('begins')}</th>
              <th scope="col">{t('takes')}</th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ name, from, to }) => (
              <tr key={name}>
                <th scope="row" className="w-[6rem] pr-2 text-left font-normal sm:w-[8.5rem]">
                  {stageName(name)}
                </th>
                <td className="relative h-5 rounded-[5px] bg-accent">
                  <span className="sr-only">{duration(from, locale)}</span>
                  {/* As SVG attributes: the Content-Security-Policy forbids inline styles in server-rendered HTML. */}
                  <svg aria-hidden="true" className="absolute inset-0 size-full">
                    <rect
                      x={`${(from / end) * 100}%`}
                      width={`${Math.max(MIN_WIDTH, ((to - from) / end) * 100)}%`}
                      height="100%"
                      rx={4}
                      className={to - from >= SLOW_STAGE_MS ? 'fill-amber' : 'fill-foreground'}
                    />
                  </svg>
                </td>
                <td className="num w-[4.6rem] whitespace-nowrap pl-2 text-right text-sm">
                  {duration(to - from, locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
