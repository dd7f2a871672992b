// Summarizes runs: how often each scenario passed on each deployment, and where two deployments differ. Nothing is
// averaged away: a scenario that passed three times of five is shown as such.
import { median } from 'es-toolkit';
import type { Miss, SimulationRun } from '@/lib/calls/test-calls/result';
import { groupBy } from '@/lib/core/group-by';
import { missesOf } from '@/lib/simulations/missed';

/** Runs of one scenario on one deployment. */
export interface Tally {
  readonly scenario: string;
  readonly title: string;
  readonly agent: string;
  readonly deployment: string;
  /** Finished runs, without stopped ones. */
  readonly runs: readonly SimulationRun[];
  readonly passed: number;
  /** Median response latency in milliseconds; undefined without responses. */
  readonly delayMs: number | undefined;
}

/** The verdict of a tally: `flaky` if some passed, `none` without runs. */
export type Verdict = 'passed' | 'failed' | 'flaky' | 'none';

/** The verdict of a tally. */
export function verdictOf(tally: Pick<Tally, 'passed' | 'runs'> | undefined): Verdict {
  if (!tally || tally.runs.length === 0) return 'none';
  if (tally.passed === tally.runs.length) return 'passed';
  return tally.passed === 0 ? 'failed' : 'flaky';
}

const isOver = ({ state }: SimulationRun) => state === 'passed' || state === 'failed';

/** Groups runs by scenario and deployment, in the order of their first run. */
export function talliesOf(runs: readonly SimulationRun[]): readonly Tally[] {
  const groups = groupBy(runs.filter(isOver), (run) =>
    JSON.stringify([run.scenario, run.agent, run.deployment]),
  );
  return [...groups.values()].map((of) => {
    const [{ scenario, title, agent, deployment }] = of as [SimulationRun];
    const delays = of.flatMap(({ lines }) => lines.flatMap(({ delayMs }) => delayMs ?? []));
    return {
      scenario,
      title,
      agent,
      deployment,
      runs: of,
      passed: of.filter(({ state }) => state === 'passed').length,
      delayMs: delays.length === 0 ? undefined : median(delays),
    };
  });
}

/** One scenario on two deployments. */
export interface Compared {
  readonly scenario: string;
  readonly title: string;
  readonly left: Tally | undefined;
  readonly right: Tally | undefined;
  /** Whether both have runs with different verdicts. */
  readonly differs: boolean;
}

/** Compares two deployments by scenario. */
export function compare(
  tallies: readonly Tally[],
  left: string,
  right: string,
): readonly Compared[] {
  const names = [...new Set(tallies.map(({ scenario }) => scenario))];
  return names.map((scenario) => {
    const of = (deployment: string) =>
      tallies.find((one) => one.scenario === scenario && one.deployment === deployment);
    const [one, other] = [of(left), of(right)];
    const verdicts = [verdictOf(one), verdictOf(other)];
    const differs = !verdicts.includes('none') && verdicts[0] !== verdicts[1];
    return { scenario, title: (one ?? other)?.title ?? '', left: one, right: other, differs };
  });
}

/** The faults of runs, and in how many runs each occurred, most frequent first. */
export function commonMisses(
  runs: readonly SimulationRun[],
): readonly { readonly miss: Miss; readonly count: number }[] {
  const found = new Map<string, { miss: Miss; count: number }>();
  for (const run of runs) {
    const keys = new Map(missesOf(run).map((miss) => [keyOf(miss), miss]));
    for (const [key, miss] of keys) {
      found.set(key, { miss, count: (found.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** Faults of one side that the other side does not have. */
export function onlyWrong(
  side: readonly SimulationRun[],
  other: readonly SimulationRun[],
): readonly Miss[] {
  const there = new Set(other.flatMap(missesOf).map(keyOf));
  return commonMisses(side)
    .map(({ miss }) => miss)
    .filter((miss) => !there.has(keyOf(miss)));
}

/** The key of a miss, without details that differ between runs. */
function keyOf(miss: Miss): string {
  if (miss.kind === 'not heard') return `${miss.kind} ${miss.wanted}`;
  if (miss.kind === 'late') return `${miss.kind} ${miss.limitMs}`;
  if (miss.kind === 'not met') return `${miss.kind} ${miss.criterion}`;
  if (miss.kind === 'no tool') return `${miss.kind} ${miss.tool} ${miss.args}`;
  return JSON.stringify(miss);
}
