'use client';
// A chart or its table, in a frame of fixed height.
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import {
  type ChartData,
  type ChartName,
  chartData,
  stepTime,
} from '@/components/agents/chart-data';
import { colorOf, DASHES, Dot, MISSED } from '@/components/agents/chart-marks';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import type { AgentStats, StatsWindow } from '@/lib/calls/view/agent-stats';

function Sample({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" width="22" height="10" viewBox="0 0 22 10">
        {children}
      </svg>
      {label}
    </li>
  );
}

interface LegendProps {
  readonly chart: ChartName;
  readonly deployments: readonly string[];
}

/** The legend. */
function Legend({ chart, deployments }: LegendProps) {
  const t = useTranslations('agents');
  const line = { x1: 0, x2: 22, y1: 5, y2: 5, strokeWidth: 2 };
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted-foreground">
      {deployments.map((name, place) => (
        <Sample key={name} label={name}>
          {chart === 'calls' ? (
            <rect x="6" width="10" height="10" rx="2" fill={colorOf(place)} />
          ) : (
            <>
              <line {...line} stroke={colorOf(place)} />
              <Dot cx={11} cy={5} place={place} />
            </>
          )}
        </Sample>
      ))}
      {chart === 'calls' ? (
        <Sample label={t('charts.missed')}>
          <rect x="6" width="10" height="10" rx="2" fill={MISSED} />
        </Sample>
      ) : (
        <Sample label={t('charts.p95')}>
          <line {...line} stroke="var(--muted-foreground)" strokeDasharray={DASHES} />
        </Sample>
      )}
    </ul>
  );
}

interface ChartTableProps {
  readonly label: string;
  readonly data: ChartData;
}

/** The chart as a table, without steps that have no values. */
function ChartTable({ label, data: { series, rows, say, window } }: ChartTableProps) {
  const t = useTranslations('agents');
  const locale = useLocale();
  const shown = rows.filter((row) => series.some(({ key }) => row[key]));
  return (
    <ScrollFrame label={label} className="h-full">
      <table className="w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {[t('charts.time'), ...series.map((one) => one.label)].map((name) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 bg-card py-1 pr-3 text-left align-bottom font-normal text-muted-foreground"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-border border-border border-t">
          {shown.toReversed().map((row) => (
            <tr key={row.at}>
              <th scope="row" className="num whitespace-nowrap py-1 pr-3 text-left font-normal">
                {stepTime(row.at, window, locale)}
              </th>
              {series.map(({ key }) => (
                <td key={key} className="num whitespace-nowrap py-1 pr-3">
                  {row[key] == null ? t('figures.none') : say(row[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Loading() {
  const t = useTranslations('agents');
  return <p className="text-sm text-muted-foreground">{t('charts.loading')}</p>;
}

const Plot = dynamic(() => import('@/components/agents/chart-plot'), {
  ssr: false,
  loading: Loading,
});

interface ChartProps {
  readonly name: ChartName;
  readonly person: string;
  readonly stats: readonly AgentStats[];
  readonly window: StatsWindow;
  readonly asTable: boolean;
}

export function Chart({ name, person, stats, window, asTable }: ChartProps) {
  const t = useTranslations('agents');
  const data = chartData(name, stats, window, t, useLocale());
  const label = t('charts.of', { chart: t(`charts.${name}`), person });
  const Shown = asTable ? ChartTable : Plot;
  return (
    <div>
      <div className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-sans font-semibold text-sm tracking-normal">{t(`charts.${name}`)}</h2>
        {!asTable && (
          <Legend chart={name} deployments={stats.map(({ deployment }) => deployment)} />
        )}
      </div>
      <div className="mt-2 h-40 lg:h-48">
        {data.empty ? (
          <p className="text-sm text-muted-foreground">{t('charts.nothing')}</p>
        ) : (
          <Shown name={name} label={label} data={data} />
        )}
      </div>
    </div>
  );
}
