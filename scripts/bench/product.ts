// Measures the running product with a real browser and real audio: `npm run bench`. Options: `-- --runs 3` for three runs
// instead of ten, `-- --only click,answer` for some measures, `-- --load 12` for that many simultaneous callers. Fails on
// lost answers and missed ratios, never on absolute times, because they differ between machines.
import { parseArgs } from 'node:util';
import { answer } from './measures/answer';
import { click } from './measures/click';
import { cost } from './measures/cost';
import { dispatch } from './measures/dispatch';
import { LOADS, load } from './measures/load';
import { memory } from './measures/memory';
import { page } from './measures/page';
import { start } from './measures/start';
import { token } from './measures/token';
import { Bench } from './support/bench';
import { type Finding, report } from './table';

type Measure = (bench: Bench) => Promise<Finding[]>;

/** By the names that `--only` takes, in order: those that others would disturb come first. */
const MEASURES: Readonly<Record<string, Measure>> = {
  ...{ start, memory, cost, page, click, answer, dispatch, token },
  load: (bench) => load(bench, LOADS),
};

function giveUp(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

function count(option: string, text: string): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : giveUp(`--${option} takes a number.`);
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    load: { type: 'string' },
    only: { type: 'string' },
  },
});

function chosen(): [string, Measure][] {
  if (values.load) {
    const callers = values.load.split(',').map((one) => count('load', one));
    return [['load', (bench) => load(bench, callers)]];
  }
  const names = values.only?.split(',') ?? Object.keys(MEASURES);
  return names.map((name) => [
    name,
    MEASURES[name] ?? giveUp(`--only takes ${Object.keys(MEASURES).join(', ')}.`),
  ]);
}

const measures = chosen();
const bench = new Bench(count('runs', values.runs));
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
