// The data of a chart as rows, for charts and tables.
import type { AgentStats, StatsWindow, Step, WindowName } from '@/lib/calls/view/agent-stats';
import { duration } from '@/lib/core/figures';
import type { Translate } from '@/lib/messages/messages';

/** All charts. */
export const CHARTS = ['calls', 'timeToFirstAudio', 'answer'] as const;
export type ChartName = (typeof CHARTS)[number];

/** A line or bar of a chart, and a column of its table. */
interface Series {
  readonly key: string;
  readonly label: string;
  /** Index of its deployment; 0 is the default one. */
  readonly place: number;
  /** `main`: calls that an agent joined, or medians. `edge`: calls without an agent, or p95. */
  readonly part: 'main' | 'edge';
  /** The value of a step; null without a measurement. */
  readonly of: (step: Step) => number | null;
}

/** The values of a step by the keys of their series; `at` is its start. */
type Row = { readonly at: number } & Readonly<Record<string, number | null>>;

/** The content of a chart. */
export interface ChartData {
  readonly series: readonly Series[];
  readonly rows: readonly Row[];
  readonly stepMs: number;
  readonly window: WindowName;
  /** Formats a value. */
  readonly say: (value: number) => string;
  /** The values that the axis names; undefined if the chart library may choose: whole numbers. */
  readonly ticks: readonly number[] | undefined;
  /** Whether there is nothing to show. */
  readonly empty: boolean;
}

type Words = Translate<'agents'>;

/** Steps of the axis of durations in milliseconds, all of which `duration` names exactly; ten times, and so on. */
const STEPS = [50, 100, 200] as const;
/** Most steps of the axis. */
const STEPS_MAX = 5;

/** The ticks of an axis up to a duration in milliseconds. */
export function durationTicks(most: number): number[] {
  let at = 0;
  const step = () => (STEPS[at % STEPS.length] ?? 0) * 10 ** Math.floor(at / STEPS.length);
  while (step() * STEPS_MAX < most) at += 1;
  const steps = Math.max(1, Math.ceil(most / step()));
  return Array.from({ length: steps + 1 }, (_, index) => index * step());
}

function seriesOf(name: ChartName, deployment: string, place: number, t: Words): Series[] {
  const main = { key: `${place}`, place, part: 'main' } as const;
  const edge = { key: `${place}-edge`, place, part: 'edge' } as const;
  if (name === 'calls') {
    return [
      { ...main, label: deployment, of: ({ calls, missed }) => calls - missed },
      { ...edge, label: t('charts.deploymentMissed', { deployment }), of: ({ missed }) => missed },
    ];
  }
  return [
    {
      ...main,
      label: t('charts.deploymentMedian', { deployment }),
      of: (step) => step[name].p50Ms ?? null,
    },
    {
      ...edge,
      label: t('charts.deploymentP95', { deployment }),
      of: (step) => step[name].p95Ms ?? null,
    },
  ];
}

/** Computes a chart of an agent from the statistics of its deployments. */
export function chartData(
  name: ChartName,
  stats: readonly AgentStats[],
  { stepMs, window }: StatsWindow,
  t: Words,
  locale: string,
): ChartData {
  const all = stats.map((one, place) => ({
    steps: one.steps,
    series: seriesOf(name, one.deployment, place, t),
  }));
  const rows = (stats[0]?.steps ?? []).map(({ at }, index): Row => {
    const values = all.flatMap(({ steps, series }) => {
      const step = steps[index];
      return series.map(({ key, of }) => [key, step ? of(step) : null] as const);
    });
    return { ...Object.fromEntries(values), at };
  });
  const series = all.flatMap((one) => one.series);
  return {
    series,
    rows,
    stepMs,
    window,
    say: name === 'calls' ? String : (ms) => duration(ms, locale),
    ticks:
      name === 'calls'
        ? undefined
        : durationTicks(
            Math.max(0, ...rows.flatMap((row) => series.map(({ key }) => row[key] ?? 0))),
          ),
    empty: !rows.some((row) => series.some(({ key }) => row[key])),
  };
}

/** The start of a step in the visitor's time zone, with the day if the window has several. */
export function stepTime(at: number, window: WindowName, locale: string): string {
  return new Date(at).toLocaleString(locale, {
    ...(window === 'week' && { weekday: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
