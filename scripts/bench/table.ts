// A measured value, and the Markdown table that shows it: the same on the terminal and in docs/performance.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { median } from 'es-toolkit';

/** Target values, in the unit of the finding. */
export interface Target {
  /** Maximum median. */
  readonly median?: number;
  /** Maximum 95th percentile. */
  readonly p95?: number;
  /** Minimum median. */
  readonly least?: number;
  /** Maximum median as a share of the other front end's. */
  readonly ratio?: number;
  /** Minimum median as a share of the other front end's. */
  readonly leastRatio?: number;
}

/** A value that was measured several times. */
export interface Finding {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | 'per s' | 'times';
  readonly values: readonly number[];
  /** The same, of another front end measured in turn. */
  readonly beside?: readonly number[];
  readonly target?: Target;
  readonly note?: string;
  /**
   * Set if something fails that must hold on any machine: a lost call, or a ratio of two values of this run. Never an
   * absolute time, because those differ between machines.
   */
  readonly wrong?: string;
}

/** Runs `work` three times to warm up, then `runs` times. @param work gets the number of the run, and returns a note */
export async function measure(
  what: string,
  work: (run: number) => Promise<string>,
  { runs = 50, target }: { runs?: number; target?: Finding['target'] } = {},
): Promise<Finding> {
  const values: number[] = [];
  let note = '';
  for (let run = -3; run < runs; run += 1) {
    const began = performance.now();
    note = await work(run);
    if (run >= 0) values.push(performance.now() - began);
  }
  return { what, unit: 'ms', values, note, ...(target && { target }) };
}

/** Median and range; NaN if there are no values. For fewer than 20 values, p95 is the maximum. */
export function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return {
    median: median(values),
    p95: at(Math.ceil(sorted.length * 0.95) - 1),
    least: at(0),
    most: at(sorted.length - 1),
  };
}

function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-GB', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}

const ratioOf = ({ values, beside = [] }: Finding) => spread(values).median / spread(beside).median;

/** The ratio; nothing can be said beside 0. */
function ratioCell(finding: Finding): string {
  const ratio = ratioOf(finding);
  return Number.isFinite(ratio) ? ratio.toFixed(2) : '–';
}

function targetCell(finding: Finding): string {
  const { values, target } = finding;
  if (!target) return '';
  const { median, p95 } = spread(values);
  const ratio = ratioOf(finding);
  const parts = [
    [target.ratio, 'ratio ≤ ', ratio <= (target.ratio ?? 0)],
    [target.leastRatio, 'ratio ≥ ', ratio >= (target.leastRatio ?? 0)],
    [target.median, '≤ ', median <= (target.median ?? 0)],
    [target.p95, 'p95 ≤ ', p95 <= (target.p95 ?? 0)],
    [target.least, '≥ ', median >= (target.least ?? 0)],
  ] as const;
  const set = parts.filter(([limit]) => limit !== undefined);
  const words = set.map(([limit, sign]) => sign + shown(limit ?? Number.NaN)).join(', ');
  return set.every(([, , reached]) => reached) ? words : `${words}: missed`;
}

function line(finding: Finding, compared: boolean): string {
  const { what, unit, values, beside, note = '' } = finding;
  const { median, p95, least, most } = spread(values);
  const several = values.length > 1;
  const cells = [
    what.startsWith('  ') ? `&nbsp;&nbsp;${what.trim()}` : what,
    `${shown(median)} ${unit}`,
    several ? shown(p95) : '',
    several ? `${shown(least)} – ${shown(most)}` : '',
    String(values.length),
    ...(compared
      ? [beside ? `${shown(spread(beside).median)} ${unit}` : '', beside ? ratioCell(finding) : '']
      : []),
    targetCell(finding),
    note,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Prints the findings, and writes all values as JSON to `test-results/{name}.json`. */
export function report(name: string, findings: readonly Finding[]): void {
  const machine = {
    cpu: cpus()[0]?.model,
    cpus: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
  };
  const rows = findings.map((finding) => ({ ...finding, ...spread(finding.values) }));
  const file = `test-results/${name}.json`;
  mkdirSync('test-results', { recursive: true });
  const kept = { at: new Date().toISOString(), ...machine, rows };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  const { cpu, memoryGB, node } = machine;
  const compared = findings.some(({ beside }) => beside !== undefined);
  const lines = [
    `${kept.at.slice(0, 10)}, ${machine.cpus} × ${cpu}, ${memoryGB} GB, Node ${node.slice(1)}:`,
    '',
    `| what | median | p95 | from – to | runs |${compared ? ' beside | ratio |' : ''} target | |`,
    `|---|--:|--:|--:|--:|${compared ? '--:|--:|' : ''}---|---|`,
    ...findings.map((finding) => line(finding, compared)),
    '',
    `All values: ${file}`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
}
