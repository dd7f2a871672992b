// Measures the running product with a real browser and real audio: `npm run bench`. Fails on lost answers and missed
// ratios, never on absolute times, because they differ between machines.
import { InvalidArgumentError } from 'commander';
import { beside } from '@/scripts/bench/measures/beside';
import { answer, click, page } from '@/scripts/bench/measures/browser';
import { cost, LOADS, load, memory } from '@/scripts/bench/measures/callers';
import { dispatch, start, token } from '@/scripts/bench/measures/server';
import { Bench } from '@/scripts/bench/support/bench';
import { type Finding, report } from '@/scripts/bench/table';
import { count, program } from '@/scripts/lib/command-line';

type Measure = (bench: Bench) => Promise<Finding[]>;

/** By the names that `--only` takes, in order: those that others would disturb come first. */
const MEASURES: Readonly<Record<string, Measure>> = {
  ...{ start, memory, cost, page, click, answer, dispatch, token },
  load: (bench) => load(bench, LOADS),
};

const chosen = (text: string) =>
  text.split(',').map((name): [string, Measure] => {
    const measure = MEASURES[name];
    if (measure) return [name, measure];
    throw new InvalidArgumentError(`Valid: ${Object.keys(MEASURES).join(', ')}.`);
  });

const {
  runs,
  load: callers,
  beside: folder,
  only,
} = program('bench', 'Measures the running product.')
  .option('--runs <N>', 'repetitions of each measure', count(), 10)
  .option('--load <N,…>', 'measure only this many simultaneous callers', (text) =>
    text.split(',').map(count()),
  )
  .option('--beside <DIR>', 'measure only what another LiveKit front end has too, in turn with it')
  .option('--only <MEASURE,…>', `some of: ${Object.keys(MEASURES).join(', ')}`, chosen)
  .parse()
  .opts<{ runs: number; load?: number[]; beside?: string; only?: [string, Measure][] }>();

const measures: readonly [string, Measure][] = callers
  ? [['load', (bench) => load(bench, callers)]]
  : folder
    ? [['beside', (bench) => beside(bench, folder)]]
    : (only ?? Object.entries(MEASURES));
const bench = new Bench(runs);
const findings: Finding[] = [];
const failed: string[] = [];
for (const [name, measure] of measures) {
  const began = performance.now();
  process.stderr.write(`${name} …`);
  try {
    findings.push(...(await measure(bench)));
    process.stderr.write(` ${Math.round((performance.now() - began) / 1_000)} s\n`);
  } catch (error) {
    // The other measures are still valid.
    failed.push(name);
    process.stderr.write(` ${error instanceof Error ? error.stack : error}\n`);
  }
}
await bench.close();

report('bench', findings);
if (failed.length > 0) process.stdout.write(`Not measured: ${failed.join(', ')}\n`);
const wrong = findings.flatMap((one) => (one.wrong ? [`${one.what}: ${one.wrong}`] : []));
for (const one of wrong) process.stdout.write(`Failed: ${one}\n`);
process.exit(failed.length + wrong.length > 0 ? 1 : 0);
