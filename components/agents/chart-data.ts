// What a chart shows, as rows that a chart and a table can both be made of.
import type { AgentStats, StatsWindow, Step, WindowName } from '@/lib/calls/view/agent-stats';
import type { TimeName } from '@/lib/calls/view/compare-stats';
import type { TextsOf } from '@/lib/core/language';
import type { agentsMessages } from '@/lib/messages/agents';

/** The charts there are. */
export const CHARTS = ['calls', 'timeToFirstAudio', 'answer'] as const;
export type ChartName = (typeof CHARTS)[number];

/** One line or bar of a chart, and column of its table. */
interface Series {
  readonly key: string;
  readonly label: string;
  /** Place of its deployment among the agent's: 0 is the usual one. */
  readonly place: number;
  /** `main`: calls an agent came to, medians. `edge`: calls without an agent, 95 %. */
  readonly part: 'main' | 'edge';
  /** The value of a step; null where nothing was measured. */
  readonly of: (step: Step) => number | null;
}

/** The values of one step by the keys of their series; `at` is when it begins. */
type Row = { readonly at: number } & Readonly<Record<string, number | null>>;

/** A chart's content. */
export interface ChartData {
  readonly series: readonly Series[];
  readonly rows: readonly Row[];
  readonly stepMs: number;
  readonly window: WindowName;
  /** A value as people read it, and shorter beside an axis. */
  readonly say: (value: number) => string;
  readonly tick: (value: number) => string;
  /** Whether there is anything to see. */
  readonly empty: boolean;
}

type Words = TextsOf<typeof agentsMessages>;
type Charts = Words['agentsText']['charts'];

function callSeries(deployment: string, place: number, charts: Charts): Series[] {
  return [
    {
      key: `${place}`,
      label: deployment,
      place,
      part: 'main',
      of: ({ calls, missed }) => calls - missed,
    },
    {
      key: `${place}-edge`,
      label: charts.deploymentMissed(deployment),
      place,
      part: 'edge',
      of: ({ missed }) => missed,
    },
  ];
}

function timeSeries(name: TimeName, deployment: string, place: number, charts: Charts): Series[] {
  return [
    {
      key: `${place}`,
      label: charts.deploymentMedian(deployment),
      place,
      part: 'main',
      of: (step) => step[name].p50Ms ?? null,
    },
    {
      key: `${place}-edge`,
      label: charts.deploymentP95(deployment),
      place,
      part: 'edge',
      of: (step) => step[name].p95Ms ?? null,
    },
  ];
}

/** The content of one chart of an agent, from the statistics of its deployments. */
export function chartData(
  name: ChartName,
  stats: readonly AgentStats[],
  { stepMs, window }: StatsWindow,
  { agentsText: { charts }, duration, axisTime }: Words,
): ChartData {
  const all = stats.map((one, place) => ({
    steps: one.steps,
    series:
      name === 'calls'
        ? callSeries(one.deployment, place, charts)
        : timeSeries(name, one.deployment, place, charts),
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
    say: name === 'calls' ? String : duration,
    tick: name === 'calls' ? String : axisTime,
    empty: !rows.some((row) => series.some(({ key }) => row[key])),
  };
}

/** When a step begins, in the visitor's own time zone; with its day where a window has several. */
export function stepTime(at: number, window: WindowName, locale: string): string {
  return new Date(at).toLocaleString(locale, {
    ...(window === 'week' && { weekday: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
