'use client';
import { useLocale } from 'next-intl';
// Draws a chart. The only file that imports the chart library, so it is loaded lazily.
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { type ChartData, type ChartName, stepTime } from '@/components/agents/chart-data';
import { colorOf, DASHES, Dot, MISSED } from '@/components/agents/chart-marks';

type ChartTipProps = Partial<TooltipContentProps<number, string>> & { readonly data: ChartData };

/** The tooltip of the step under the pointer or selected with the arrow keys. */
function ChartTip({ active, label, data }: ChartTipProps) {
  const locale = useLocale();
  const row = data.rows.find(({ at }) => at === label);
  if (!active || !row) return null;
  const shown = data.series.filter(({ key }) => row[key]);
  return (
    <div className="rounded-sm border border-border bg-popover px-3 py-2 text-sm text-foreground shadow-board">
      <p className="num text-muted-foreground">
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

interface ChartPlotProps {
  readonly name: ChartName;
  readonly label: string;
  readonly data: ChartData;
}

const TICK = { fill: 'var(--muted-foreground)', fontSize: 12 };
const AXIS = { stroke: 'var(--border)', tick: TICK, tickLine: false } as const;
const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };

export default function ChartPlot({ name, label, data }: ChartPlotProps) {
  const { series, rows, say, ticks, window } = data;
  const locale = useLocale();
  const shared = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--border)" />,
    <XAxis
      key="x"
      dataKey="at"
      tickFormatter={(at: number) => stepTime(at, window, locale)}
      minTickGap={28}
      {...AXIS}
    />,
    <YAxis
      key="y"
      width={64}
      interval={0}
      allowDecimals={false}
      // The chart library breaks lines at spaces.
      tickFormatter={(value: number) => say(value).replaceAll(' ', '\u00a0')}
      {...(ticks && { ticks: [...ticks], domain: [0, ticks.at(-1) ?? 0] })}
      axisLine={false}
      {...AXIS}
    />,
    <Tooltip
      key="tip"
      isAnimationActive={false}
      cursor={name === 'calls' ? { fill: 'var(--accent)' } : { stroke: 'var(--input)' }}
      content={<ChartTip data={data} />}
    />,
  ];
  const frame = { data: [...rows], margin: MARGIN, title: label };
  return (
    <ResponsiveContainer width="100%" height="100%">
      {name === 'calls' ? (
        <BarChart {...frame} barGap={1}>
          {shared}
          {series.map(({ key, place, part }) => (
            <Bar
              key={key}
              dataKey={key}
              stackId={place}
              fill={part === 'main' ? colorOf(place) : MISSED}
              maxBarSize={18}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      ) : (
        <LineChart {...frame}>
          {shared}
          {series.map(({ key, place, part }) => (
            <Line
              key={key}
              dataKey={key}
              stroke={colorOf(place)}
              strokeWidth={part === 'main' ? 2 : 1.5}
              {...(part === 'edge' && { strokeDasharray: DASHES })}
              dot={({ cx, cy, index }) => <Dot key={index} cx={cx} cy={cy} place={place} />}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}
