// Results as terminal output.

import type { RehearsalRun, RunState } from '../lib/calls/test-calls/result';
import { missed, simulationsText } from '../lib/messages/en/simulations';
import {
  commonMisses,
  compare,
  onlyWrong,
  type Tally,
  talliesOf,
  verdictOf,
} from '../lib/simulations/summary';
import { dim, green, red, table, yellow } from '../scripts/lib/terminal';

const MARKS: Readonly<Record<RunState, string>> = {
  running: ' ',
  passed: green('✓'),
  failed: red('✗'),
  stopped: yellow('–'),
};

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** Duration of a run in milliseconds. */
export const tookMs = ({ startedAt, endedAt = startedAt }: RehearsalRun) => endedAt - startedAt;

/** A finished run in a line, and its faults with what was said and heard. */
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

function verdict(tally: Tally | undefined): string {
  const word = verdictOf(tally);
  const shown = simulationsText.verdicts[word];
  return tally && tally.runs.length > 1
    ? `${shown}, ${tally.passed} of ${tally.runs.length}`
    : shown;
}

/** All results in a table. */
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
  return table(['rehearsal', 'agent', 'deployment', 'result', 'latency', 'wrong'], rows);
}

/** Compares two deployments, with faults of only one of them. */
export function comparison(runs: readonly RehearsalRun[], left: string, right: string): string {
  const rows = compare(talliesOf(runs), left, right).map((row) => {
    const [one, other] = [row.left?.runs ?? [], row.right?.runs ?? []];
    const only = [
      ...onlyWrong(one, other).map((miss) => `${left}: ${missed(miss)}`),
      ...onlyWrong(other, one).map((miss) => `${right}: ${missed(miss)}`),
    ];
    const differs = row.differs ? simulationsText.results.differs : '';
    return [row.rehearsal, verdict(row.left), verdict(row.right), differs, only.join('; ')];
  });
  return table(['rehearsal', left, right, '', 'wrong on one side only'], rows);
}

/** How many runs have this result. */
export const countOf = (runs: readonly RehearsalRun[], state: RunState) =>
  runs.filter((run) => run.state === state).length;

/** "18 passed, 2 failed". */
export function counts(runs: readonly RehearsalRun[]): string {
  const stopped = countOf(runs, 'stopped');
  const said = `${countOf(runs, 'passed')} passed, ${countOf(runs, 'failed')} failed`;
  return stopped > 0 ? `${said}, ${stopped} stopped` : said;
}
