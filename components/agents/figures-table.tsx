'use client';
// The deployments or versions of an agent side by side: their current state, and their figures.
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useCatalogue } from '@/components/language/catalogue';
import { cn } from '@/components/ui/cn';
import { ENDED_BY } from '@/lib/calls/call';
import { CURRENCY } from '@/lib/calls/prices';
import type { Figures, Share, Spread } from '@/lib/calls/view/agent-stats';
import { decided, joinShare } from '@/lib/calls/view/agent-stats';
import { PRODUCTION } from '@/lib/core/deployment';
import { duration, percent } from '@/lib/core/figures';
import { money } from '@/lib/core/format';
import { outcomes } from '@/lib/core/outcome';

/** Nothing is known. */
export function None() {
  const t = useTranslations('agents.figures');
  return (
    <>
      <span aria-hidden="true" className="text-muted-foreground">
        {t('none')}
      </span>
      <span className="sr-only">{t('noneLabel')}</span>
    </>
  );
}

function Figure({ main, more }: { readonly main: string; readonly more?: string | false }) {
  return (
    <>
      <span className="num block whitespace-nowrap font-medium text-base">{main}</span>
      {more && (
        <span className="block whitespace-nowrap text-xs tabular-nums text-muted-foreground sm:text-sm">
          {more}
        </span>
      )}
    </>
  );
}

function Time({ of: { p50Ms, p95Ms } }: { readonly of: Spread }) {
  const t = useTranslations('agents.figures');
  const locale = useLocale();
  if (p50Ms === undefined || p95Ms === undefined) return <None />;
  return (
    <Figure main={duration(p50Ms, locale)} more={t('p95', { value: duration(p95Ms, locale) })} />
  );
}

function Counts({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return <None />;
  return (
    <ul className="break-words text-sm">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Part({ of: { count, of } }: { readonly of: Share }) {
  const t = useTranslations('agents.figures');
  const locale = useLocale();
  if (of === 0) return <None />;
  return <Figure main={percent(count / of, locale)} more={t('of', { joined: count, all: of })} />;
}

function Calls({ stats }: { readonly stats: Figures }) {
  const t = useTranslations('agents.figures');
  const count = stats.calls - decided(stats);
  return <Figure main={String(stats.calls)} more={count > 0 && t('waiting', { count })} />;
}

function Ended({ by }: { readonly by: Figures['endedBy'] }) {
  const t = useTranslations('agents.figures');
  const there = ENDED_BY.filter((who) => by[who]);
  return (
    <Counts
      lines={there.map((who) => t('counted', { what: t(`endedBy.${who}`), count: by[who] ?? 0 }))}
    />
  );
}

function OutcomeCounts({ of }: { readonly of: Figures['outcomes'] }) {
  const t = useTranslations('agents.figures');
  const { outcomeLabel } = useCatalogue();
  const names = [...new Set([...outcomes.keys(), ...Object.keys(of)])].filter((name) => of[name]);
  return (
    <Counts
      lines={names.map((name) => t('counted', { what: outcomeLabel(name), count: of[name] ?? 0 }))}
    />
  );
}

function Cost({ stats: { cost, calls } }: { readonly stats: Figures }) {
  const t = useTranslations('agents.figures');
  const locale = useLocale();
  if (cost === undefined) return <None />;
  return (
    <Figure
      main={money(cost, CURRENCY, locale)}
      more={t('perCall', { cost: money(cost / calls, CURRENCY, locale) })}
    />
  );
}

/** The rows by the keys of their labels. */
const ROWS = [
  ['calls', (stats) => <Calls stats={stats} />],
  ['join', (stats) => <Part of={joinShare(stats)} />],
  ['timeToJoin', (stats) => <Time of={stats.timeToJoin} />],
  ['timeToFirstAudio', (stats) => <Time of={stats.timeToFirstAudio} />],
  ['answer', (stats) => <Time of={stats.answer} />],
  ['interruptions', (stats) => <Part of={stats.interruptions} />],
  ['toolFailures', (stats) => <Part of={stats.toolFailures} />],
  ['ended', ({ endedBy }) => <Ended by={endedBy} />],
  ['outcomes', (stats) => <OutcomeCounts of={stats.outcomes} />],
  ['errors', ({ errors }) => <Figure main={String(errors)} />],
  ['cost', (stats) => <Cost stats={stats} />],
] as const satisfies readonly (readonly [label: string, cell: (stats: Figures) => ReactNode])[];

/** Rows that are left out if no column has anything to show: without prices, without tools, or without a transcript. */
const ONLY_IF: Readonly<Partial<Record<(typeof ROWS)[number][0], (stats: Figures) => boolean>>> = {
  interruptions: (stats) => stats.interruptions.of > 0,
  toolFailures: (stats) => stats.toolFailures.of > 0,
  cost: (stats) => stats.cost !== undefined,
};

/** A column. */
interface Column {
  /** Name of the deployment. */
  readonly deployment: string;
  /** Set if versions are listed separately. */
  readonly version?: string;
  /** The current state; undefined to show figures only. */
  readonly now?: ReactNode;
  /** Undefined until they are loaded. */
  readonly stats: Figures | undefined;
}

const keyOf = ({ deployment, version = '' }: Column) => `${deployment} ${version}`;

/** Minimum widths for one to nine columns, as classes: the Content-Security-Policy forbids inline styles. */
const WIDTHS = [
  ...['min-w-[13rem]', 'min-w-[21rem]', 'min-w-[28rem]', 'min-w-[35rem]', 'min-w-[42rem]'],
  ...['min-w-[49rem]', 'min-w-[56rem]', 'min-w-[63rem]', 'min-w-[70rem]'],
];

/** The same for many columns, which scroll on narrow screens. */
export const WideFiguresTable = (props: FiguresTableProps) => (
  <div className={WIDTHS[props.columns.length - 1] ?? WIDTHS.at(-1)}>
    <FiguresTable {...props} />
  </div>
);

interface FiguresTableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
}

export function FiguresTable({ caption, columns }: FiguresTableProps) {
  const t = useTranslations('agents.figures');
  const label =
    'w-[34%] py-2 pr-2 text-left align-top font-normal text-sm text-muted-foreground leading-5 [overflow-wrap:anywhere] sm:w-[30%]';
  const cell = 'py-2 pr-2 align-top last:pr-0';
  // Without calls, only the current state is shown.
  const all = columns.some(({ stats }) => stats && stats.calls > 0) ? ROWS : [];
  const rows = all.filter(([name]) => {
    const only = ONLY_IF[name];
    return !only || columns.some(({ stats }) => stats && only(stats));
  });
  return (
    <table className="w-full table-fixed">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={label}>
            <span className="sr-only">{t('what')}</span>
          </th>
          {columns.map((column) => (
            <th
              key={keyOf(column)}
              scope="col"
              className={cn(
                'truncate py-2 pr-2 text-left font-semibold text-base',
                column.deployment !== PRODUCTION && 'text-staging',
              )}
            >
              {column.deployment}
              {column.version !== undefined && (
                <span className="block truncate font-normal text-sm">{column.version}</span>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-border border-border border-t">
        {columns.some(({ now }) => now !== undefined) && (
          <tr>
            <th scope="row" className={label}>
              {t('now')}
            </th>
            {columns.map((column) => (
              <td key={keyOf(column)} className={cell}>
                {column.now}
              </td>
            ))}
          </tr>
        )}
        {rows.map(([name, show]) => (
          <tr key={name}>
            <th scope="row" className={label}>
              {t(name)}
            </th>
            {columns.map(({ stats, ...column }) => (
              <td key={keyOf({ ...column, stats })} className={cell}>
                {stats && (stats.calls > 0 || name === 'calls') ? show(stats) : <None />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
