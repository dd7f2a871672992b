// Measures the running product with a real browser and real audio: `npm run bench`, with
// `-- --runs 3` fewer times than ten, with `-- --only click,answer` some of it, and with `-- --load 12`
// that many callers at once instead (`-- --load 1,4,12` one number after the other). Prints a table; the
// same is in test-results/bench.json. It fails where a call was lost or a ratio within the run does not
// hold, never by a clock: those differ from machine to machine.
import { parseArgs } from 'node:util';
import { type Finding, tableOf } from './finding';
import { KEPT_FILE, keep, machine } from './kept';
import { MEASURES, type Measure, ON_DEMAND } from './measures';
import { load } from './measures/load';
import { Bench } from './support/bench';

const RUNS = 10;

function giveUp(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

/** A whole number from 1, as an option gives it. */
function count(option: string, text: string): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : giveUp(`--${option} takes a number.`);
}

const { values } = parseArgs({
  options: { runs: { type: 'string' }, load: { type: 'string' }, only: { type: 'string' } },
});

function chosen(): [string, Measure][] {
  if (values.load) {
    const callers = values.load.split(',').map((one) => count('load', one));
    return [['load', (bench) => load(bench, callers)]];
  }
  const all = { ...MEASURES, ...ON_DEMAND };
  const names = values.only?.split(',') ?? Object.keys(MEASURES);
  return names.map((name) => {
    const measure = all[name];
    return [name, measure ?? giveUp(`--only takes ${Object.keys(all).join(', ')}.`)];
  });
}

const measures = chosen();
const bench = new Bench(values.runs ? count('runs', values.runs) : RUNS);
const found = new Map<string, readonly Finding[]>();
const failed: string[] = [];
for (const [name, measure] of measures) {
  const began = performance.now();
  process.stderr.write(`${name} …`);
  try {
    found.set(name, await measure(bench));
    // After each: who ends it before the end keeps what there is.
    keep(found);
    process.stderr.write(` ${Math.round((performance.now() - began) / 1_000)} s\n`);
  } catch (error) {
    // What the others found is not lost for it.
    failed.push(name);
    process.stderr.write(` ${error instanceof Error ? error.stack : error}\n`);
  }
}
await bench.close();

const { cpu, cpus, node } = machine();
const findings = [...found.values()].flat();
process.stdout.write(`\nThe running product · ${cpus} × ${cpu}, Node ${node}\n`);
process.stdout.write(`${tableOf(findings)}\n\nAll values: ${KEPT_FILE}\n`);
if (failed.length > 0) process.stdout.write(`Not measured: ${failed.join(', ')}\n`);
const wrong = findings.flatMap((one) => (one.wrong ? [`${one.what}: ${one.wrong}`] : []));
for (const one of wrong) process.stdout.write(`Does not hold: ${one}\n`);
process.exit(failed.length + wrong.length > 0 ? 1 : 0);
