'use client';
// A chart's content as a table, in which only steps stand where something was measured.
import { useLocale, useTexts } from '@/components/language/language';
import { ScrollFrame } from '@/components/ui/scroll-frame';
import { agentsTexts } from '@/lib/text/agents';
import { type ChartData, stepTime } from './chart-data';

interface ChartTableProps {
  readonly label: string;
  readonly data: ChartData;
}

export function ChartTable({ label, data: { series, rows, say, window } }: ChartTableProps) {
  const { agentsText } = useTexts(agentsTexts);
  const locale = useLocale();
  const shown = rows.filter((row) => series.some(({ key }) => row[key]));
  return (
    <ScrollFrame label={label} className="h-full">
      <table className="w-full text-[13px]">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {[agentsText.charts.time, ...series.map((one) => one.label)].map((name) => (
              <th
                key={name}
                scope="col"
                className="sticky top-0 bg-surface py-1 pr-3 text-left align-bottom font-normal text-soft"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-line border-t">
          {shown.toReversed().map((row) => (
            <tr key={row.at}>
              <th scope="row" className="num whitespace-nowrap py-1 pr-3 text-left font-normal">
                {stepTime(row.at, window, locale)}
              </th>
              {series.map(({ key }) => (
                <td key={key} className="num whitespace-nowrap py-1 pr-3">
                  {row[key] == null ? agentsText.figures.none : say(row[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
