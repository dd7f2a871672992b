// What the README says of the last measurements: the machine, a line for each thing that has a target, and
// pictures of how it grows with more calls.
import { shown, targetOf } from './finding';
import type { Line } from './growth-chart';
import type { Kept, Row } from './kept';

/** Between these stands the table in the README. */
export const PART = { begin: '<!-- bench: written by npm run bench -->', end: '<!-- /bench -->' };

/** The parts of an answer are shown too: what of it could be shorter is asked first. */
const ALL_OF = 'answer';

const at = (value: number | null) => (value === null ? '–' : shown(value));

/** Whether the target is reached; undefined where there is none, or nothing was measured. */
function reached({ target, median, p95 }: Row): boolean | undefined {
  if (!target || median === null || p95 === null) return undefined;
  return (
    median <= (target.median ?? Number.POSITIVE_INFINITY) &&
    p95 <= (target.p95 ?? Number.POSITIVE_INFINITY) &&
    median >= (target.least ?? Number.NEGATIVE_INFINITY)
  );
}

const VERDICTS = new Map<boolean | undefined, string>([
  [true, 'reached'],
  [false, 'not yet'],
]);

function lineOf(row: Row): string {
  const { what, unit, values, median, p95, least, most, target } = row;
  const several = values.length > 1;
  const cells = [
    what.startsWith('  ') ? `&nbsp;&nbsp;${what.trim()}` : what,
    `${at(median)} ${unit}`,
    several ? at(p95) : '',
    several ? `${at(least)} – ${at(most)}` : '',
    String(values.length),
    targetOf(target),
    VERDICTS.get(reached(row)) ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The table in Markdown. @param measures their names, in the order in which they are shown */
export function tableFor({ rows, cpu, cpus, memoryGB, node, at: when }: Kept, measures: string[]) {
  const shownRows = measures.flatMap((measure) =>
    rows.filter((row) => row.measure === measure && (row.target || measure === ALL_OF)),
  );
  return [
    `${when.slice(0, 10)}, ${cpus} × ${cpu ?? 'unknown'}, ${memoryGB} GB, Node ${node.slice(1)}:`,
    '',
    '| what | median | p95 | from – to | runs | target | |',
    '|---|--:|--:|--:|--:|--:|---|',
    ...shownRows.map(lineOf),
  ].join('\n');
}

/** Names of the lines of how it grows with more calls at once, as the measure of load has them. */
const GROWING = [
  [/^callers at once, (\d+)\b/, 'answer, ms'],
  [/^ {2}(\d+): memory of the calls/, 'memory of calls, MB'],
  [/^ {2}(\d+): a list of calls/, 'a list of calls, ms'],
] as const;

/** How answers, memory and database grow with the calls at once; empty where fewer than two numbers were measured. */
export function growthOf({ rows }: Pick<Kept, 'rows'>): Line[] {
  const load = rows.filter(({ measure }) => measure === 'load');
  const lines = GROWING.map(([named, name]) => ({
    name,
    points: load.flatMap(({ what, median }) => {
      const count = Number(what.match(named)?.[1]);
      return count > 0 && median !== null && median > 0 ? [{ count, value: median }] : [];
    }),
  }));
  return lines.filter(({ points }) => points.length > 1);
}
