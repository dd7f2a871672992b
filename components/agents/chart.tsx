'use client';
// One chart in its frame, as a picture or as a table of the same height.
import dynamic from 'next/dynamic';
import { useTexts } from '@/components/language/language';
import type { AgentStats, StatsWindow } from '@/lib/calls/view/agent-stats';
import { agentsTexts } from '@/lib/text/agents';
import { type ChartName, chartData } from './chart-data';
import { ChartTable } from './chart-table';
import { Legend } from './legend';

function Loading() {
  const { agentsText } = useTexts(agentsTexts);
  return <p className="text-[14px] text-soft">{agentsText.charts.loading}</p>;
}

const Plot = dynamic(() => import('./chart-plot'), {
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
  const texts = useTexts(agentsTexts);
  const { agentsText } = texts;
  const data = chartData(name, stats, window, texts);
  const label = agentsText.charts.of(agentsText.charts[name], person);
  const Shown = asTable ? ChartTable : Plot;
  return (
    <div>
      <div className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold text-[14px]">{agentsText.charts[name]}</h3>
        {!asTable && (
          <Legend chart={name} deployments={stats.map(({ deployment }) => deployment)} />
        )}
      </div>
      <div className="mt-2 h-40 lg:h-48">
        {data.empty ? (
          <p className="text-[14px] text-soft">{agentsText.charts.nothing}</p>
        ) : (
          <Shown name={name} label={label} data={data} />
        )}
      </div>
    </div>
  );
}
