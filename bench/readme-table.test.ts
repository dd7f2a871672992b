// What the README says of measurements, and that it has a place for them.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Kept, Row } from './kept';
import { growthOf, PART, tableFor } from './readme-table';

const row = (measure: string, what: string, more: Partial<Row> = {}): Row => ({
  ...{ measure, what, unit: 'ms', values: [1, 2, 3], median: 2, p95: 3, least: 1, most: 3 },
  ...more,
});

const kept = (...rows: Row[]): Kept => ({
  ...{ title: 'The running product', at: '2026-11-21T10:00:00.000Z', cpu: 'A CPU', cpus: 2 },
  ...{ memoryGB: 8, node: 'v20.1.0', rows },
});

test('what has a target is shown, in the order of the measures, and the parts of an answer', () => {
  const table = tableFor(
    kept(
      row('token', 'a token', { target: { least: 5 } }),
      row('click', 'the click', { target: { median: 2, p95: 3 } }),
      row('click', '  a step of it'),
      row('answer', '  a part of the answer', { values: [4], median: 4, p95: 4 }),
      row('load', 'nothing came', { target: { p95: 1 }, values: [], median: null, p95: null }),
    ),
    ['click', 'answer', 'token', 'load'],
  );
  expect(table.split('\n')).toEqual([
    '2026-11-21, 2 × A CPU, 8 GB, Node 20.1.0:',
    '',
    '| what | median | p95 | from – to | runs | target | |',
    '|---|--:|--:|--:|--:|--:|---|',
    '| the click | 2 ms | 3 | 1 – 3 | 3 | ≤ 2, p95 ≤ 3 | reached |',
    '| &nbsp;&nbsp;a part of the answer | 4 ms |  |  | 1 |  |  |',
    '| a token | 2 ms | 3 | 1 – 3 | 3 | ≥ 5 | not yet |',
    '| nothing came | – ms |  |  | 0 | p95 ≤ 1 |  |',
  ]);
});

test('growth with calls at once is drawn from two numbers on', () => {
  const load = (callers: number, median: number) => [
    row('load', `callers at once, ${callers}: end of speech → answer`, { median }),
    row('load', `  ${callers}: memory of the calls`, { median: 0 }),
  ];
  expect(growthOf(kept(...load(1, 700)))).toEqual([]);
  expect(growthOf(kept(...load(1, 700), ...load(12, 900)))).toEqual([
    {
      name: 'answer, ms',
      points: [
        { count: 1, value: 700 },
        { count: 12, value: 900 },
      ],
    },
  ]);
});

test('the README has a place for it', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme.indexOf(PART.begin)).toBeGreaterThan(0);
  expect(readme.indexOf(PART.end)).toBeGreaterThan(readme.indexOf(PART.begin));
});
