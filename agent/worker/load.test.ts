import { expect, test } from 'vitest';
import { loadOf } from './load';

/**
 * The server assigns no job to a worker at this load (`target_load` in its pkg/agent/config.go).
 */
const TARGET = 0.7;

test.each([
  [0, 1],
  [0, 8],
  [1, 8],
  [7, 8],
  [999, 1_000],
])('%i of %i calls: there is capacity, and the server sees it', (active, max) => {
  expect(loadOf(active, max)).toBeGreaterThanOrEqual(0);
  expect(loadOf(active, max)).toBeLessThan(TARGET);
});

test.each([
  [1, 1],
  [8, 8],
  [9, 8],
])('%i of %i calls: full', (active, max) => {
  expect(loadOf(active, max)).toBe(1);
});

test('the less busy of two workers reports less load, so that it gets the next call', () => {
  const loads = Array.from({ length: 9 }, (_, active) => loadOf(active, 8));
  expect(loads).toEqual([...new Set(loads)].sort((a, b) => a - b));
});
