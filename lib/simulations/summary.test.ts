import { expect, it } from 'vitest';
import { type Miss, readResult, type SimulationRun } from '@/lib/calls/test-calls/result';
import { commonMisses, compare, onlyWrong, talliesOf, verdictOf } from '@/lib/simulations/summary';

const run = (
  scenario: string,
  deployment: string,
  state: SimulationRun['state'],
  wanted: readonly string[] = [],
): SimulationRun => ({
  ...{ id: `${Math.random()}`, scenario, title: scenario, agent: 'front-desk', deployment },
  ...{ number: 1, state, startedAt: 0, misses: [] },
  lines: [
    {
      ...{ said: 'Hi', heard: 'Hello', delayMs: 900 },
      misses: wanted.map((one) => ({ kind: 'not heard' as const, wanted: one, near: state })),
    },
  ],
});

const runs = [
  run('hours', 'production', 'passed'),
  run('hours', 'production', 'failed', ['six']),
  run('hours', 'staging', 'passed'),
  run('hours', 'staging', 'stopped'),
  run('price', 'production', 'passed'),
  run('price', 'staging', 'passed'),
  run('only-here', 'staging', 'running'),
  run('bill', 'staging', 'failed', ['Frank', 'six']),
];

it('counts k of n, without stopped runs', () => {
  const tallies = talliesOf(runs);
  const said = tallies.map((one) => [one.scenario, one.deployment, one.passed, one.runs.length]);
  expect(said).toEqual([
    ['hours', 'production', 1, 2],
    ['hours', 'staging', 1, 1],
    ['price', 'production', 1, 1],
    ['price', 'staging', 1, 1],
    ['bill', 'staging', 0, 1],
  ]);
  expect(tallies.map(verdictOf)).toEqual(['flaky', 'passed', 'passed', 'passed', 'failed']);
  expect(verdictOf(undefined)).toBe('none');
  expect(tallies[0]?.delayMs).toBe(900);
});

it('compares deployments that both have runs', () => {
  const rows = compare(talliesOf(runs), 'production', 'staging');
  expect(rows.map(({ scenario, differs }) => [scenario, differs])).toEqual([
    ['hours', true],
    ['price', false],
    ['bill', false],
  ]);
});

it('lists the most frequent faults first, whatever was heard instead', () => {
  const found = commonMisses(runs).map(({ miss, count }) => [
    miss.kind === 'not heard' && miss.wanted,
    count,
  ]);
  expect(found).toEqual([
    ['six', 2],
    ['Frank', 1],
  ]);
});

it('lists faults of only one side', () => {
  const left = [run('hours', 'production', 'failed', ['six', 'Monday'])];
  const right = [run('hours', 'staging', 'failed', ['six'])];
  expect(onlyWrong(left, right)).toMatchObject([{ wanted: 'Monday' }]);
  expect(onlyWrong(right, left)).toEqual([]);
});

it('reads a result that was stored before 0.2', () => {
  const miss = (kind: string) => ({ kind, wanted: 'billing', was: 'front-desk' }) as Miss;
  const result = (kind: string) => ({
    lines: [{ said: 'My bill.', heard: '', misses: [miss(kind)] }],
    misses: [miss(kind)],
  });
  expect(readResult(result('not handed over'))).toEqual(result('not handed off'));
});
