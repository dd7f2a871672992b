// The axis of a chart names times as every other place does.
import { NextIntlClientProvider } from 'next-intl';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { chartData } from '@/components/agents/chart-data';
import ChartPlot from '@/components/agents/chart-plot';
import { completeStats, windowAt } from '@/lib/calls/view/agent-stats';
import { translator } from '@/lib/messages/messages';

const spread = { measured: 1, p50Ms: 620, p95Ms: 1_240 };

it('names times below and above a second', async () => {
  const window = windowAt('hour', Date.UTC(2026, 10, 20, 12));
  const stats = completeStats({ measured: [], seen: [] }, window, [
    { name: 'front-desk', deployments: ['production'] },
  ]).map((one) => ({ ...one, steps: one.steps.map((step) => ({ ...step, answer: spread })) }));
  const data = chartData('answer', stats, window, translator('en', 'agents'), 'en-GB');
  await render(
    <NextIntlClientProvider locale="en-GB" messages={{}}>
      <div style={{ width: 700, height: 260 }}>
        <ChartPlot name="answer" label="Response latency" data={data} />
      </div>
    </NextIntlClientProvider>,
  );
  const names = () =>
    [...document.querySelectorAll('svg tspan')].map((one) => one.textContent).slice(-4);
  const named = ['0 ms', '500 ms', '1 s', '1.5 s'].map((name) => name.replace(' ', '\u00a0'));
  await expect.poll(names).toEqual(named);
});
