// The table of faults: every row has a test, every test that is named is there, and the README shows
// the same rows.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { covered } from './covered.mjs';
import { rows } from './rows.mjs';
import {
  BEGIN,
  browserResults,
  END,
  ownTests,
  tableOf,
  vitestResults,
  withTable,
} from './table.mjs';

const inFile = (file: string) => readFileSync(resolve(file), 'utf8');
const cells = (table: string) =>
  table
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => line.split(' | '));

test('every row has a test, here or elsewhere, or is not made yet', () => {
  const own = ownTests();
  const numbers = rows.map(({ row }) => row);
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  const without = numbers.filter((row) => !own.has(row) && !covered[row]);
  expect(without).toEqual([]);
  expect([...own.keys()].filter((row) => !numbers.includes(row))).toEqual([]);
});

test('the tests elsewhere are there under their names', () => {
  for (const [file, ...names] of Object.values(covered).flat()) {
    const text = inFile(file);
    // The full name has the titles of all groups before the test's own.
    for (const name of names) {
      const words = name.split(' ');
      const ends = words.map((_, at) => words.slice(at).join(' '));
      expect(
        ends.some((end) => text.includes(end)),
        `${file}: ${name}`,
      ).toBe(true);
    }
  }
});

test('the README shows these rows', () => {
  const readme = inFile('README.md');
  const shown = cells(readme.slice(readme.indexOf(BEGIN), readme.indexOf(END)));
  const made = cells(tableOf([]));
  const words = (row: string[]) => [...row.slice(0, 3), row.at(-1)];
  expect(shown.map(words)).toEqual(made.map(words));
});

test('a row passes when all of its tests did, and is not run where one was not', () => {
  const name = '3 · only the job process is killed';
  const run = (status: string) =>
    vitestResults(
      {
        testResults: [
          {
            name: '/clone/faults/agent-lost.test.ts',
            assertionResults: [
              { fullName: name, status, duration: 9_000, meta: { seconds: 3.21 } },
            ],
          },
        ],
      },
      '/clone',
    );
  const third = (results: ReturnType<typeof run>) => cells(tableOf(results))[2]?.slice(3, 5);
  expect(third(run('passed'))).toEqual(['passes', '3.2']);
  expect(third(run('failed'))).toEqual(['**fails**', '']);
  expect(third(run('skipped'))).toEqual(['not run', '']);
  const clicked = browserResults({
    suites: [
      {
        specs: [
          {
            file: 'call.spec.ts',
            title: 'a double click on Start makes one call',
            ok: true,
            tests: [{ results: [{ duration: 4_000 }] }],
          },
        ],
      },
    ],
  });
  expect(cells(tableOf(clicked))[26]?.slice(3, 5)).toEqual(['passes', '4.0']);
});

test('the table stands in its place, and nothing else changes', () => {
  const readme = `before\n${BEGIN}\nold\n${END}\nafter\n`;
  const once = withTable(readme, '| new |');
  expect(once).toBe(`before\n${BEGIN}\n\n| new |\n\n${END}\nafter\n`);
  expect(withTable(once, '| new |')).toBe(once);
  expect(() => withTable('nothing', '')).toThrow('no place');
});
