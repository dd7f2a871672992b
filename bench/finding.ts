// What a measurement found: a line of the table for people, the same as JSON for programs.

/** What is to be reached, in the finding's own unit. */
export interface Target {
  /** Most that the median may be. */
  readonly median?: number;
  /** Most that the 95th percentile may be. */
  readonly p95?: number;
  /** Least that the median has to be. */
  readonly least?: number;
}

/** One thing that was measured, several times. */
export interface Finding {
  readonly what: string;
  readonly unit: 'ms' | 's' | 'KB' | 'MB' | 'per s' | 'times' | 'of 100';
  /** In the order in which they were measured. */
  readonly values: readonly number[];
  readonly target?: Target;
  readonly note?: string;
  /**
   * What must hold on any machine and does not: a call that is lost, a ratio of two values of this run. A
   * time alone is none: clocks differ from machine to machine.
   */
  readonly wrong?: string;
}

/** The same values in short: NaN where there are none. */
export interface Spread {
  readonly median: number;
  readonly p95: number;
  readonly least: number;
  readonly most: number;
}

/** The middle of the values, and how far they lie apart. Of fewer than 20, the p95 is the largest. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const half = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    p95: at(Math.ceil(sorted.length * 0.95) - 1),
    least: at(0),
    most: at(sorted.length - 1),
  };
}

/** A number as it is read: with a decimal only where it is small. */
export function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-GB', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}

/** A target in words. */
export function targetOf({ median, p95, least }: Target = {}): string {
  return [
    median !== undefined && `≤ ${shown(median)}`,
    p95 !== undefined && `p95 ≤ ${shown(p95)}`,
    least !== undefined && `≥ ${shown(least)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const HEADS = ['', '', 'median', 'p95', 'from – to', 'runs', 'target', ''] as const;
/** Columns of words, which begin on the left. */
const WORDS = new Set([0, 1, 6, 7]);

function cells({ what, unit, values, target, note = '' }: Finding): string[] {
  const { median, p95, least, most } = spread(values);
  const apart = values.length > 1 ? [shown(p95), `${shown(least)} – ${shown(most)}`] : ['', ''];
  const runs = String(values.length);
  return [what, unit, shown(median), ...apart, runs, targetOf(target), note];
}

/** The findings as a table, a line each. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = [[...HEADS], ...findings.map(cells)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const padded = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return WORDS.has(column) ? text.padEnd(width) : text.padStart(width);
  };
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}
