// Results: as terminal output, and as files for programs, JSON with everything said and heard, and JUnit for CI.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Miss, RunState, SimulationRun } from '@/lib/calls/test-calls/result';
import { englishDuration } from '@/lib/core/figures';
import { LOCALES } from '@/lib/core/language';
import { translator } from '@/lib/messages/messages';
import { missed, missesOf } from '@/lib/simulations/missed';
import {
  commonMisses,
  compare,
  onlyWrong,
  type Tally,
  talliesOf,
  verdictOf,
} from '@/lib/simulations/summary';
import { dim, green, red, table, yellow } from '@/scripts/lib/terminal';

const MARKS: Readonly<Record<RunState, string>> = {
  running: ' ',
  passed: green('✓'),
  failed: red('✗'),
  stopped: yellow('–'),
};

const t = translator('en', 'simulations');
/** The outcomes have the names that the files of scenarios have. */
const missedText = (miss: Miss) => missed(miss, t, String, LOCALES.en);

const tookMs = ({ startedAt, endedAt = startedAt }: Pick<SimulationRun, 'startedAt' | 'endedAt'>) =>
  endedAt - startedAt;

const faultsOf = ({ lines, misses }: SimulationRun, mark = (text: string) => text): string[] => [
  ...lines
    .filter((line) => line.misses.length > 0)
    .flatMap((line) => [
      ...line.misses.map((miss) => mark(missedText(miss))),
      `  said:  ${line.said || '(nothing)'}`,
      `  heard: ${line.heard || '(nothing)'}`,
    ]),
  ...misses.map((miss) => mark(missedText(miss))),
];

/** A finished run in a line, and its faults. */
export function runLines(run: SimulationRun, times: number): string {
  const which = times > 1 ? ` ${run.number}/${times}` : '';
  const head = `${MARKS[run.state]} ${run.scenario}${which} ${dim(englishDuration(tookMs(run)))}`;
  return [head, ...faultsOf(run, red).map((line) => `    ${line}`)].join('\n');
}

function verdict(tally: Tally | undefined): string {
  const word = verdictOf(tally);
  const shown = t(`verdicts.${word}`);
  return tally && tally.runs.length > 1
    ? `${shown}, ${tally.passed} of ${tally.runs.length}`
    : shown;
}

/** All results in a table. */
export function summary(runs: readonly SimulationRun[]): string {
  const rows = talliesOf(runs).map((tally) => [
    tally.scenario,
    tally.agent,
    tally.deployment,
    verdict(tally),
    tally.delayMs === undefined ? '' : englishDuration(tally.delayMs),
    commonMisses(tally.runs)
      .map(({ miss }) => missedText(miss))
      .join('; '),
  ]);
  return table(['scenario', 'agent', 'deployment', 'result', 'latency', 'wrong'], rows);
}

/** Compares two deployments, with faults of only one of them. */
export function comparison(runs: readonly SimulationRun[], left: string, right: string): string {
  const rows = compare(talliesOf(runs), left, right).map((row) => {
    const [one, other] = [row.left?.runs ?? [], row.right?.runs ?? []];
    const only = [
      ...onlyWrong(one, other).map((miss) => `${left}: ${missedText(miss)}`),
      ...onlyWrong(other, one).map((miss) => `${right}: ${missedText(miss)}`),
    ];
    const differs = row.differs ? t('results.differs') : '';
    return [row.scenario, verdict(row.left), verdict(row.right), differs, only.join('; ')];
  });
  return table(['scenario', left, right, '', 'wrong on one side only'], rows);
}

const countOf = (runs: readonly SimulationRun[], state: RunState) =>
  runs.filter((run) => run.state === state).length;

/** "18 passed, 2 failed". */
export function counts(runs: readonly SimulationRun[]): string {
  const stopped = countOf(runs, 'stopped');
  const said = `${countOf(runs, 'passed')} passed, ${countOf(runs, 'failed')} failed`;
  return stopped > 0 ? `${said}, ${stopped} stopped` : said;
}

/** Writes all results as JSON. */
export function writeJson(file: string, runs: readonly SimulationRun[]): void {
  const all = {
    passed: countOf(runs, 'passed'),
    failed: countOf(runs, 'failed'),
    stopped: countOf(runs, 'stopped'),
    simulations: talliesOf(runs).map(({ runs: of, ...tally }) => ({
      ...tally,
      of: of.length,
      verdict: verdictOf({ ...tally, runs: of }),
    })),
    runs: runs.map((run) => ({
      ...run,
      ms: tookMs(run),
      wrong: missesOf(run).map(missedText),
    })),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}

/** Writes all results as JUnit XML: a suite for each agent and deployment, a case for each run. */
export async function writeJunit(file: string, runs: readonly SimulationRun[]): Promise<void> {
  const { default: junit } = await import('junit-report-builder');
  const builder = junit.newBuilder();
  const tallies = talliesOf(runs);
  const groupOf = ({ agent, deployment }: Pick<SimulationRun, 'agent' | 'deployment'>) =>
    `${agent} ${deployment}`;
  for (const group of new Set(runs.map(groupOf))) {
    const suite = builder.testSuite().name(`simulations ${group}`);
    for (const run of runs.filter((one) => groupOf(one) === group)) {
      const tally = tallies.find(({ runs: of }) => of.includes(run));
      const one = suite
        .testCase()
        .className(group)
        .name(`${run.scenario} ${run.number}`)
        .time(tookMs(run) / 1_000);
      if (tally) one.property('passed', `${tally.passed} of ${tally.runs.length}`);
      if (run.state === 'stopped') one.skipped();
      if (run.state === 'failed') one.failure(faultsOf(run).join('\n'));
      one.standardOutput(
        run.lines.map(({ said, heard }) => `caller: ${said}\nagent: ${heard}`).join('\n'),
      );
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  builder.writeTo(file);
}
