// Result files for programs: k of n, latencies, and faults with their context.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LineResult, Miss, RunState, SimulationRun } from '@/lib/calls/test-calls/result';
import { parseScenario } from '@/lib/simulations/scenarios';
import { codeIn } from '@/lib/testing/docs';
import {
  comparison,
  counts,
  runLines,
  summary,
  writeJson,
  writeJunit,
} from '@/simulations/runner/results';

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
  expect(all.simulations).toMatchObject([
    { scenario: 'hours', deployment: 'production', passed: 2, of: 3, verdict: 'flaky' },
    { scenario: 'hours', deployment: 'staging', passed: 1, of: 1, verdict: 'passed' },
  ]);
  expect(all.runs[1]).toMatchObject({
    ...{ state: 'failed', ms: 7_500, number: 2 },
    wrong: ['“8:30 <sharp> & "early"” was not heard; nearest was “from nine”'],
    lines: [{ said: 'When are you open?', heard: 'We open from nine & <later>.', delayMs: 900 }],
  });
});

it.each([
  '<testsuite name="simulations front-desk production" tests="3" failures="1" errors="0" skipped="0">',
  '<testsuite name="simulations front-desk staging" tests="2" failures="0" errors="0" skipped="1">',
  '<testcase classname="front-desk production" name="hours 2" time="7.5">',
  '<property name="passed" value="2 of 3"/>',
  '“8:30 &lt;sharp> &amp; &quot;early&quot;” was not heard; nearest was “from nine”&#xA;  said:  When are you open?',
  '&#xA;  heard: We open from nine &amp; &lt;later>.',
  'agent: We open from nine & <later>.]]></system-out>',
])('JUnit has %s', async (part) => {
  const file = join(folder, 'also-made', 'junit.xml');
  await writeJunit(file, runs);
  expect(readFileSync(file, 'utf8')).toContain(part);
});

it('tables show k of n, and faults of only one side', () => {
  expect(summary(runs)).toMatch(/hours +front-desk +production +flaky, 2 of 3/);
  const beside = comparison(runs, 'production', 'staging');
  expect(beside).toMatch(/hours +flaky, 2 of 3 +passes +differs +production: “8:30/);
});

it('the scenarios of docs/simulations.md are valid, and the first one is a file', () => {
  const shown = codeIn('simulations.md', 'jsonc');
  expect(shown).toHaveLength(2);
  for (const text of shown) expect(() => parseScenario(text, 'docs/simulations.md')).not.toThrow();
  expect(shown[0]).toBe(readFileSync('simulations/scenarios/thorough/message.jsonc', 'utf8'));
});

it('docs/simulations.md shows what the command prints', () => {
  const done = (scenario: string, ms: number, delayMs: number, missed?: LineResult) => ({
    ...{ id: scenario, scenario, title: scenario, agent: 'front-desk', deployment: 'production' },
    ...{ number: 1, startedAt: 0, endedAt: ms, misses: [] },
    state: missed ? ('failed' as const) : ('passed' as const),
    lines: [missed ?? { said: '', heard: '', delayMs, misses: [] }],
  });
  const runs = [
    done('message', 36_900, 565),
    done('saturday', 15_300, 591, {
      said: 'When are you open on Saturday?',
      heard: 'On Saturday we are open from nine to noon.',
      delayMs: 591,
      misses: [{ kind: 'not heard', wanted: 'nine to five', near: 'nine to noon' }],
    }),
  ];
  const printed = [...runs.map((one) => runLines(one, 1)), '', summary(runs), '', counts(runs)];
  const shown = codeIn('simulations.md', 'text');
  expect(shown).toEqual([`${printed.join('\n').replace(/ +$/gm, '')}\n`]);
});
