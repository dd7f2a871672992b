// What is what in a chart: words beside the marks that the chart draws.
import type { ReactNode } from 'react';
import { useTexts } from '@/components/language/language';
import { agentsTexts } from '@/lib/text/agents';
import { colourOf, DASHES, MISSED } from './chart-colours';
import type { ChartName } from './chart-data';
import { Dot } from './dot';

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

export function Legend({ chart, deployments }: LegendProps) {
  const { agentsText } = useTexts(agentsTexts);
  const line = { x1: 0, x2: 22, y1: 5, y2: 5, strokeWidth: 2 };
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-[13px] text-soft">
      {deployments.map((name, place) => (
        <Sample key={name} label={name}>
          {chart === 'calls' ? (
            <rect x="6" width="10" height="10" rx="2" fill={colourOf(place)} />
          ) : (
            <>
              <line {...line} stroke={colourOf(place)} />
              <Dot cx={11} cy={5} place={place} />
            </>
          )}
        </Sample>
      ))}
      {chart === 'calls' ? (
        <Sample label={agentsText.charts.missed}>
          <rect x="6" width="10" height="10" rx="2" fill={MISSED} />
        </Sample>
      ) : (
        <Sample label={agentsText.charts.p95}>
          <line {...line} stroke="var(--soft)" strokeDasharray={DASHES} />
        </Sample>
      )}
    </ul>
  );
}
