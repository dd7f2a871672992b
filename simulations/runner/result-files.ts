// Results as files for programs: JSON with everything said and heard, and JUnit for CI.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { missesOf, type SimulationRun } from '../../lib/calls/test-calls/result';
import { missed } from '../../lib/messages/en/simulations';
import { talliesOf, verdictOf } from '../../lib/simulations/summary';
import { countOf, tookMs } from './show';

/** Writes all results as JSON. Its names are from before 0.2, when simulations were called rehearsals. */
export function writeJson(file: string, runs: readonly SimulationRun[]): void {
  const all = {
    passed: countOf(runs, 'passed'),
    failed: countOf(runs, 'failed'),
    stopped: countOf(runs, 'stopped'),
    rehearsals: talliesOf(runs).map(({ scenario: rehearsal, runs: of, ...tally }) => ({
      ...{ rehearsal, ...tally },
      of: of.length,
      verdict: verdictOf({ ...tally, runs: of }),
    })),
    runs: runs.map(({ scenario: rehearsal, ...run }) => ({
      ...{ rehearsal, ...run },
      ms: tookMs(run),
      wrong: missesOf(run).map(missed),
    })),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}

/** The faults of a run with what was said and heard. */
function faultsOf({ lines, misses }: SimulationRun): string {
  const ofLines = lines
    .filter((line) => line.misses.length > 0)
    .flatMap((line) => [
      ...line.misses.map(missed),
      `  said:  ${line.said || '(nothing)'}`,
      `  heard: ${line.heard || '(nothing)'}`,
    ]);
  return [...ofLines, ...misses.map(missed)].join('\n');
}

/** Writes all results as JUnit XML: a suite for each agent and deployment, a case for each run. Their names are old, too. */
export async function writeJunit(file: string, runs: readonly SimulationRun[]): Promise<void> {
  const { default: junit } = await import('junit-report-builder');
  const builder = junit.newBuilder();
  const tallies = talliesOf(runs);
  const groupOf = ({ agent, deployment }: Pick<SimulationRun, 'agent' | 'deployment'>) =>
    `${agent} ${deployment}`;
  for (const group of new Set(runs.map(groupOf))) {
    const suite = builder.testSuite().name(`rehearsals ${group}`);
    for (const run of runs.filter((one) => groupOf(one) === group)) {
      const tally = tallies.find(({ runs: of }) => of.includes(run));
      const one = suite
        .testCase()
        .className(group)
        .name(`${run.scenario} ${run.number}`)
        .time(tookMs(run) / 1_000);
      if (tally) one.property('passed', `${tally.passed} of ${tally.runs.length}`);
      if (run.state === 'stopped') one.skipped();
      if (run.state === 'failed') one.failure(faultsOf(run));
      one.standardOutput(
        run.lines.map(({ said, heard }) => `caller: ${said}\nagent: ${heard}`).join('\n'),
      );
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  builder.writeTo(file);
}
