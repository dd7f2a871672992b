// The rows of charts and tables.
import { expect, it } from 'vitest';
import { chartData, durationTicks } from '@/components/agents/chart-data';
import { type AgentStats, completeStats, type Step, windowAt } from '@/lib/calls/view/agent-stats';
import { translator } from '@/lib/messages/messages';

const english = translator('en', 'agents');
const window = windowAt('hour', Date.UTC(2026, 10, 20, 12));
const spread = (ms: number) => ({ measured: 1, p50Ms: ms, p95Ms: ms * 2 });
const [production, staging] = completeStats({ measured: [], seen: [] }, window, [
  { name: 'front-desk', deployments: ['production', 'staging'] },
]) as [AgentStats, AgentStats];
const step: Step = {
  at: window.since,
  calls: 5,
  joined: 3,
  missed: 1,
  timeToJoin: spread(100),
  timeToFirstAudio: spread(200),
  answer: spread(300),
};
const used: AgentStats = { ...production, steps: [step, ...production.steps.slice(1)] };

it('has a row for each step, with null for missing values', () => {
  const { rows, series, empty, say } = chartData(
    'answer',
    [used, staging],
    window,
    english,
    'en-GB',
  );
  expect(rows).toHaveLength(12);
  expect(rows[0]).toEqual({ at: window.since, '0': 300, '0-edge': 600, '1': null, '1-edge': null });
  expect(rows[1]).toEqual({
    at: window.since + window.stepMs,
    '0': null,
    '0-edge': null,
    '1': null,
    '1-edge': null,
  });
  expect(series.map(({ label }) => label)).toEqual([
    'production, median',
    'production, p95',
    'staging, median',
    'staging, p95',
  ]);
  expect([empty, say(1_500)]).toEqual([false, '1.5 s']);
});

it('separates calls without an agent from calls with one or still waiting', () => {
  const { rows } = chartData('calls', [used, staging], window, english, 'en-GB');
  expect(rows[0]).toEqual({ at: window.since, '0': 4, '0-edge': 1, '1': 0, '1-edge': 0 });
});

it.each([
  [0, [0, 50]],
  [180, [0, 50, 100, 150, 200]],
  [600, [0, 200, 400, 600]],
  [1_240, [0, 500, 1_000, 1_500]],
  [12_000, [0, 5_000, 10_000, 15_000]],
])('an axis up to %d ms names times without rounding them', (most, ticks) => {
  expect(durationTicks(most)).toEqual(ticks);
});

it('reports when there is no data', () => {
  expect(chartData('calls', [production, staging], window, english, 'en-GB').empty).toBe(true);
  expect(chartData('answer', [production, staging], window, english, 'en-GB').empty).toBe(true);
});
