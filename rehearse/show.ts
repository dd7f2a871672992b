// What came of rehearsals as lines for a terminal, and as files for programs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { missesOf, type RehearsalRun, type RunState } from '../lib/rehearsals/result';
import { commonMisses, type Tally, talliesOf, verdictOf } from '../lib/rehearsals/summary';
import { missed, rehearsalsText } from '../lib/text/en-rehearsals';
import { dim, green, red, yellow } from '../scripts/lib/say.mjs';
import { table } from '../scripts/lib/table.mjs';

const MARKS: Readonly<Record<RunState, string>> = {
  running: ' ',
  passed: green('✓'),
  failed: red('✗'),
  stopped: yellow('–'),
};

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const tookMs = ({ startedAt, endedAt = startedAt }: RehearsalRun) => endedAt - startedAt;

/** A run that is over, in a line; and what was wrong, with what was said and heard. */
export function runLines(run: RehearsalRun, times: number): string {
  const time = times > 1 ? ` ${run.number}/${times}` : '';
  const head = `${MARKS[run.state]} ${run.rehearsal}${time} ${dim(seconds(tookMs(run)))}`;
  const lines = run.lines
    .filter(({ misses }) => misses.length > 0)
    .flatMap(({ said, heard, misses }) => [
      `    said:  ${said || '(nothing)'}`,
      `    heard: ${heard || '(nothing)'}`,
      ...misses.map((miss) => `    ${red(missed(miss))}`),
    ]);
  const whole = run.misses.map((miss) => `    ${red(missed(miss))}`);
  return [head, ...lines, ...whole].join('\n');
}

function verdict(tally: Tally): string {
  const word = verdictOf(tally);
  const shown = rehearsalsText.verdicts[word];
  return word === 'flaky' || tally.runs.length > 1
    ? `${shown}, ${tally.passed} of ${tally.runs.length}`
    : shown;
}

/** All of them in a table. */
export function summary(runs: readonly RehearsalRun[]): string {
  const rows = talliesOf(runs).map((tally) => [
    tally.rehearsal,
    tally.agent,
    tally.deployment,
    verdict(tally),
    tally.delayMs === undefined ? '' : `${tally.delayMs} ms`,
    commonMisses(tally.runs)
      .map(({ miss }) => missed(miss))
      .join('; '),
  ]);
  return table(['rehearsal', 'agent', 'deployment', 'result', 'answers after', 'wrong'], rows);
}

const count = (runs: readonly RehearsalRun[], state: RunState) =>
  runs.filter((run) => run.state === state).length;

/** "18 passed, 2 failed". */
export function counts(runs: readonly RehearsalRun[]): string {
  const stopped = count(runs, 'stopped');
  const said = `${count(runs, 'passed')} passed, ${count(runs, 'failed')} failed`;
  return stopped > 0 ? `${said}, ${stopped} stopped` : said;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Writes all results as JSON. */
export function writeJson(file: string, runs: readonly RehearsalRun[]): void {
  const told = runs.map((run) => ({ ...run, wrong: missesOf(run).map(missed) }));
  const all = { passed: count(runs, 'passed'), failed: count(runs, 'failed'), runs: told };
  write(file, `${JSON.stringify(all, null, 2)}\n`);
}

/** Writes all results as JUnit XML: a suite an agent and deployment, a case a run. */
export async function writeJunit(file: string, runs: readonly RehearsalRun[]): Promise<void> {
  const { default: junit } = await import('junit-report-builder');
  const builder = junit.newBuilder();
  const groups = new Set(runs.map(({ agent, deployment }) => `${agent} ${deployment}`));
  for (const group of groups) {
    const suite = builder.testSuite().name(`rehearsals ${group}`);
    for (const run of runs.filter((one) => `${one.agent} ${one.deployment}` === group)) {
      const name = `${run.rehearsal} ${run.number}`;
      const one = suite
        .testCase()
        .className(group)
        .name(name)
        .time(tookMs(run) / 1_000);
      if (run.state === 'stopped') one.skipped();
      const wrong = missesOf(run).map(missed);
      if (run.state === 'failed') one.failure(wrong.join('\n'));
      one.standardOutput(
        run.lines.map(({ said, heard }) => `caller: ${said}\nagent: ${heard}`).join('\n'),
      );
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  builder.writeTo(file);
}
