// Result files for programs: k of n, latencies, and faults with their context.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Miss, RunState, SimulationRun } from '../../lib/calls/test-calls/result';
import { writeJson, writeJunit } from './result-files';
import { comparison, summary } from './show';
import { allOf, type Element, readXml } from './testing/read-xml';

const MISS: Miss = { kind: 'not heard', wanted: '8:30 <sharp> & "early"', near: 'from nine' };
const run = (
  scenario: string,
  deployment: string,
  number: number,
  state: RunState,
): SimulationRun => ({
  ...{ id: `${scenario}-${deployment}-${number}`, scenario, title: scenario },
  ...{ agent: 'front-desk', deployment, number, state, startedAt: 1_000, endedAt: 8_500 },
  misses: [],
  lines: [
    {
      ...{ said: 'When are you open?', heard: 'We open from nine & <later>.', delayMs: 900 },
      misses: state === 'failed' ? [MISS] : [],
    },
  ],
});
const runs = [
  run('hours', 'production', 1, 'passed'),
  run('hours', 'production', 2, 'failed'),
  run('hours', 'production', 3, 'passed'),
  run('hours', 'staging', 1, 'passed'),
  run('price', 'staging', 1, 'stopped'),
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulation-results-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('JSON has all runs, and how often each scenario passed', () => {
  const file = join(folder, 'made', 'results.json');
  writeJson(file, runs);
  const all = JSON.parse(readFileSync(file, 'utf8'));
  expect(all).toMatchObject({ passed: 3, failed: 1, stopped: 1 });
  expect(all.rehearsals).toMatchObject([
    { rehearsal: 'hours', deployment: 'production', passed: 2, of: 3, verdict: 'flaky' },
    { rehearsal: 'hours', deployment: 'staging', passed: 1, of: 1, verdict: 'passed' },
  ]);
  expect(all.runs[1]).toMatchObject({
    ...{ state: 'failed', ms: 7_500, number: 2 },
    wrong: ['“8:30 <sharp> & "early"” was not heard; nearest was “from nine”'],
    lines: [{ said: 'When are you open?', heard: 'We open from nine & <later>.', delayMs: 900 }],
  });
});

it('JUnit has a suite for each deployment, a case for each run, and failures with what was said and heard', async () => {
  const file = join(folder, 'also-made', 'junit.xml');
  await writeJunit(file, runs);
  const root = readXml(readFileSync(file, 'utf8'));
  const suites = allOf(root, 'testsuite');
  expect(
    suites.map(({ attributes: { name, tests, failures, skipped } }) => ({
      ...{ name, tests, failures, skipped },
    })),
  ).toEqual([
    { name: 'rehearsals front-desk production', tests: '3', failures: '1', skipped: '0' },
    { name: 'rehearsals front-desk staging', tests: '2', failures: '0', skipped: '1' },
  ]);
  const cases = allOf(root, 'testcase');
  expect(cases.map(({ attributes }) => attributes.name)).toEqual([
    ...['hours 1', 'hours 2', 'hours 3', 'hours 1', 'price 1'],
  ]);
  const failed = cases[1] as Element;
  expect(failed.attributes).toMatchObject({ classname: 'front-desk production', time: '7.5' });
  const told = allOf(failed, 'failure')[0]?.attributes.message;
  expect(told).toContain('“8:30 <sharp> & "early"” was not heard; nearest was “from nine”');
  expect(told).toContain('said:  When are you open?');
  expect(told).toContain('heard: We open from nine & <later>.');
  expect(allOf(failed, 'property')[0]?.attributes).toEqual({ name: 'passed', value: '2 of 3' });
  expect(allOf(cases[4] as Element, 'skipped')).toHaveLength(1);
  expect(allOf(failed, 'system-out')[0]?.text).toContain('agent: We open from nine & <later>.');
});

it('tables show k of n, and faults of only one side', () => {
  expect(summary(runs)).toMatch(/hours +front-desk +production +flaky, 2 of 3/);
  const beside = comparison(runs, 'production', 'staging');
  expect(beside).toMatch(/hours +flaky, 2 of 3 +passes +differs +production: “8:30/);
});
