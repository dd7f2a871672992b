// What a chart says of the step under the pointer, or the one chosen by arrow keys.
import type { TooltipContentProps } from 'recharts';
import { useLocale } from '@/components/language/language';
import { type ChartData, stepTime } from './chart-data';

type ChartTipProps = Partial<TooltipContentProps<number, string>> & { readonly data: ChartData };

export function ChartTip({ active, label, data }: ChartTipProps) {
  const locale = useLocale();
  const row = data.rows.find(({ at }) => at === label);
  if (!active || !row) return null;
  const shown = data.series.filter(({ key }) => row[key]);
  return (
    <div className="rounded-small border border-line bg-raised px-3 py-2 text-[13px] text-ink shadow-board">
      <p className="num text-soft">
        {stepTime(row.at, data.window, locale)}–
        {stepTime(row.at + data.stepMs, data.window, locale)}
      </p>
      {shown.map(({ key, label: name }) => (
        <p key={key} className="flex justify-between gap-4">
          {name}
          <span className="num">{data.say(row[key] ?? 0)}</span>
        </p>
      ))}
    </div>
  );
}
