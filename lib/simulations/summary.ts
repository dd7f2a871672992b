// Many runs in short: how often each rehearsal passed, on each deployment, and where two deployments
// differ. Nothing is averaged away: what passed three times of five is shown as that.
import { type Miss, missesOf, type RehearsalRun } from '@/lib/calls/test-calls/result';

/** Runs of one rehearsal on one deployment. */
export interface Tally {
  readonly rehearsal: string;
  readonly title: string;
  readonly agent: string;
  readonly deployment: string;
  /** Those that are over and were not stopped. */
  readonly runs: readonly RehearsalRun[];
  readonly passed: number;
  /** Median milliseconds of the answers' delays; undefined where nothing was heard. */
  readonly delayMs: number | undefined;
}

/** What a tally says: some of each is `flaky`, and no run at all `none`. */
export type Verdict = 'passed' | 'failed' | 'flaky' | 'none';

/** The verdict of a tally. */
export function verdictOf(tally: Pick<Tally, 'passed' | 'runs'> | undefined): Verdict {
  if (!tally || tally.runs.length === 0) return 'none';
  if (tally.passed === tally.runs.length) return 'passed';
  return tally.passed === 0 ? 'failed' : 'flaky';
}

/** The value in the middle. */
function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const isOver = ({ state }: RehearsalRun) => state === 'passed' || state === 'failed';

/** Runs by rehearsal and deployment, in the order in which each first came. */
export function talliesOf(runs: readonly RehearsalRun[]): readonly Tally[] {
  const groups = new Map<string, RehearsalRun[]>();
  for (const run of runs.filter(isOver)) {
    const key = JSON.stringify([run.rehearsal, run.agent, run.deployment]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((of) => {
    const [{ rehearsal, title, agent, deployment }] = of as [RehearsalRun];
    const delays = of.flatMap(({ lines }) => lines.flatMap(({ delayMs }) => delayMs ?? []));
    return {
      rehearsal,
      title,
      agent,
      deployment,
      runs: of,
      passed: of.filter(({ state }) => state === 'passed').length,
      delayMs: median(delays),
    };
  });
}

/** One rehearsal on two deployments. */
export interface Compared {
  readonly rehearsal: string;
  readonly title: string;
  readonly left: Tally | undefined;
  readonly right: Tally | undefined;
  /** Whether both were held, and do not say the same. */
  readonly differs: boolean;
}

/** Rehearsals on two deployments side by side. */
export function compare(
  tallies: readonly Tally[],
  left: string,
  right: string,
): readonly Compared[] {
  const names = [...new Set(tallies.map(({ rehearsal }) => rehearsal))];
  return names.map((rehearsal) => {
    const of = (deployment: string) =>
      tallies.find((one) => one.rehearsal === rehearsal && one.deployment === deployment);
    const [one, other] = [of(left), of(right)];
    const verdicts = [verdictOf(one), verdictOf(other)];
    const differs = !verdicts.includes('none') && verdicts[0] !== verdicts[1];
    return { rehearsal, title: (one ?? other)?.title ?? '', left: one, right: other, differs };
  });
}

/** What was wrong in runs, each thing once, and in how many of them. */
export function commonMisses(
  runs: readonly RehearsalRun[],
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

/** What was wrong in runs of one side and in none of the other: what two deployments differ in. */
export function onlyWrong(
  side: readonly RehearsalRun[],
  other: readonly RehearsalRun[],
): readonly Miss[] {
  const there = new Set(other.flatMap(missesOf).map(keyOf));
  return commonMisses(side)
    .map(({ miss }) => miss)
    .filter((miss) => !there.has(keyOf(miss)));
}

/** What a miss is known again by: what was heard instead differs from run to run. */
function keyOf(miss: Miss): string {
  if (miss.kind === 'not heard') return `${miss.kind} ${miss.wanted}`;
  if (miss.kind === 'late') return `${miss.kind} ${miss.limitMs}`;
  if (miss.kind === 'not met') return `${miss.kind} ${miss.criterion}`;
  if (miss.kind === 'no tool') return `${miss.kind} ${miss.tool} ${miss.args}`;
  return JSON.stringify(miss);
}
