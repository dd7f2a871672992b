import { expect, it } from 'vitest';
import { type JudgedRun, verdictOfRuns } from '@/lib/calls/test-calls/verdict';

/** A run. The session's number is its time. */
const run = (scenario: string, session: number, state: JudgedRun['state']): JudgedRun => ({
  ...{ scenario, title: scenario.toUpperCase(), session: `${session}`, state },
  startedAt: session,
});

it('is missing without finished runs', () => {
  expect(verdictOfRuns([])).toEqual({ state: 'missing', held: 0, failed: [] });
  const unfinished = [run('hours', 1, 'stopped'), run('hours', 2, 'running')];
  expect(verdictOfRuns(unfinished).state).toBe('missing');
});

it('counts the latest session of each scenario', () => {
  const runs = [run('hours', 3, 'passed'), run('hours', 1, 'failed'), run('bill', 2, 'passed')];
  expect(verdictOfRuns(runs)).toEqual({ state: 'passed', held: 2, failed: [], at: 3 });
  const since = [...runs, run('bill', 4, 'failed')];
  expect(verdictOfRuns(since)).toEqual({
    ...{ state: 'failed', held: 2, at: 4 },
    failed: [{ scenario: 'bill', title: 'BILL', passed: 0, of: 1 }],
  });
});

it('fails a scenario that passes only sometimes, with k of n', () => {
  const runs = [1, 2, 3].map((n) => run('hours', 7, n === 2 ? 'failed' : 'passed'));
  expect(verdictOfRuns(runs).failed).toEqual([
    { scenario: 'hours', title: 'HOURS', passed: 2, of: 3 },
  ]);
});
