// Measures the running product with a real browser and real audio: `npm run bench`, with
// `-- --runs 3` fewer times than ten, with `-- --only click,answer` some of it, and with `-- --load 12`
// that many callers at once instead. Prints a table; the same is in test-results/bench.json. Nothing
// is asserted: clocks differ from machine to machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { type Finding, spread, tableOf } from './finding';
import { MEASURES, type Measure } from './measures';
import { load } from './measures/load';
import { Bench } from './support/bench';

const FILE = 'test-results/bench.json';
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
    const callers = count('load', values.load);
    return [['load', (bench) => load(bench, callers)]];
  }
  const names = values.only?.split(',') ?? Object.keys(MEASURES);
  return names.map((name) => {
    const measure = MEASURES[name];
    return [name, measure ?? giveUp(`--only takes ${Object.keys(MEASURES).join(', ')}.`)];
  });
}

const measures = chosen();
const bench = new Bench(values.runs ? count('runs', values.runs) : RUNS);
const findings: Finding[] = [];
const failed: string[] = [];
for (const [name, measure] of measures) {
  const began = performance.now();
  process.stderr.write(`${name} …`);
  try {
    findings.push(...(await measure(bench)));
    process.stderr.write(` ${Math.round((performance.now() - began) / 1_000)} s\n`);
  } catch (error) {
    // What the others found is not lost for it.
    failed.push(name);
    process.stderr.write(` ${error instanceof Error ? error.stack : error}\n`);
  }
}
await bench.close();

const facts = {
  title: 'The running product',
  at: new Date().toISOString(),
  cpu: cpus()[0]?.model,
  cpus: cpus().length,
  memoryGB: Math.round(totalmem() / 1e9),
  node: process.version,
};
const rows = findings.map((finding) => ({ ...finding, ...spread(finding.values) }));
mkdirSync('test-results', { recursive: true });
writeFileSync(FILE, `${JSON.stringify({ ...facts, failed, rows }, null, 2)}\n`);
process.stdout.write(`\n${facts.title} · ${facts.cpus} × ${facts.cpu}, Node ${facts.node}\n`);
process.stdout.write(`${tableOf(findings)}\n\nAll values: ${FILE}\n`);
if (failed.length > 0) process.stdout.write(`Not measured: ${failed.join(', ')}\n`);
process.exit(failed.length > 0 ? 1 : 0);
