// Measures work many times and shows the times: as a table for people, as JSON for programs.

/** Milliseconds of one thing that was measured. */
export interface Measured {
  readonly what: string;
  readonly median: number;
  readonly p95: number;
  readonly note: string;
  /** All of them, the shortest first. */
  readonly values: readonly number[];
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const rounded = (ms: number) => Math.round(ms * 10) / 10;

/**
 * Does `work` a few times to warm up, then `runs` times.
 * @param work gets the number of the run; returns what is to be noted beside the times
 */
export async function measure(
  what: string,
  work: (run: number) => Promise<string>,
  runs = 50,
): Promise<Measured> {
  const times: number[] = [];
  let note = '';
  for (let run = -3; run < runs; run += 1) {
    const began = performance.now();
    note = await work(run);
    if (run >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return {
    what,
    median: rounded(at(times, 0.5)),
    p95: rounded(at(times, 0.95)),
    note,
    values: times,
  };
}

/** Prints the table, then one line of JSON. */
export function report(title: string, rows: readonly Measured[], facts: Record<string, unknown>) {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const line = (what: string, median: string, p95: string, note: string) =>
    `${what.padEnd(width)}  ${median.padStart(9)}  ${p95.padStart(9)}  ${note}\n`;
  process.stdout.write(`\n${title}\n${line('', 'median ms', 'p95 ms', '')}`);
  for (const { what, median, p95, note } of rows) {
    process.stdout.write(line(what, median.toFixed(1), p95.toFixed(1), note));
  }
  const short = rows.map(({ values, ...row }) => row);
  process.stdout.write(`\n${JSON.stringify({ title, ...facts, rows: short })}\n`);
}
