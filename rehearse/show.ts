// What came of rehearsals as lines for a terminal.

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
import { dim, green, red, yellow } from '../scripts/lib/say.mjs';
import { table } from '../scripts/lib/table.mjs';

const MARKS: Readonly<Record<RunState, string>> = {
  running: ' ',
  passed: green('✓'),
  failed: red('✗'),
  stopped: yellow('–'),
};

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** How long a run took, in milliseconds. */
export const tookMs = ({ startedAt, endedAt = startedAt }: RehearsalRun) => endedAt - startedAt;

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

function verdict(tally: Tally | undefined): string {
  const word = verdictOf(tally);
  const shown = simulationsText.verdicts[word];
  return tally && tally.runs.length > 1
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

/** Two deployments beside each other, with what is wrong on one of them alone. */
export function sideBySide(runs: readonly RehearsalRun[], left: string, right: string): string {
  const rows = compare(talliesOf(runs), left, right).map((row) => {
    const [one, other] = [row.left?.runs ?? [], row.right?.runs ?? []];
    const only = [
      ...onlyWrong(one, other).map((miss) => `${left}: ${missed(miss)}`),
      ...onlyWrong(other, one).map((miss) => `${right}: ${missed(miss)}`),
    ];
    const differs = row.differs ? simulationsText.results.differs : '';
    return [row.rehearsal, verdict(row.left), verdict(row.right), differs, only.join('; ')];
  });
  return table(['rehearsal', left, right, '', 'wrong on one side alone'], rows);
}

/** How many of the runs ended so. */
export const many = (runs: readonly RehearsalRun[], state: RunState) =>
  runs.filter((run) => run.state === state).length;

/** "18 passed, 2 failed". */
export function counts(runs: readonly RehearsalRun[]): string {
  const stopped = many(runs, 'stopped');
  const said = `${many(runs, 'passed')} passed, ${many(runs, 'failed')} failed`;
  return stopped > 0 ? `${said}, ${stopped} stopped` : said;
}
