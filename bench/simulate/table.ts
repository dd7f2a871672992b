// The simulation as people read it: a table in Markdown, the same in the terminal and in docs/scale.md.
import type { Assumptions } from './assumptions';
import type { Costs } from './costs';
import { type Limit, limitsOf } from './limits';
import { type Needs, needsOf, totalOf } from './needs';

/** A number with two digits that count, the rest zeros: more would be a lie. */
function about(value: number): string {
  if (value === 0) return '0';
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 2 });
}

const dollars = (value: number) => `$${about(value)}`;

const ROWS: readonly (readonly [string, (needs: Needs) => string])[] = [
  ['calls that begin in a second', ({ begins }) => about(begins)],
  ['events in a second', ({ events }) => about(events)],
  ['workers', ({ workers }) => about(workers)],
  ['machines for workers', ({ workerMachines }) => about(workerMachines)],
  ['machines for speech', ({ speechMachines }) => about(speechMachines)],
  ['LiveKit nodes', ({ nodes }) => about(nodes)],
  ['web processes', ({ webs }) => about(webs)],
  ['processors of PostgreSQL', ({ databaseCpus }) => about(databaseCpus)],
  ['connections to it', ({ connections }) => about(connections)],
  ['GB it keeps', ({ databaseGB }) => about(databaseGB)],
  ['a minute: machines', ({ money }) => dollars(money.machines)],
  ['a minute: database', ({ money }) => dollars(money.database)],
  ['a minute: traffic', ({ money }) => dollars(money.traffic)],
  ['a minute: hosted models', ({ money }) => dollars(money.models)],
  ['a minute: all', ({ money }) => dollars(totalOf(money))],
  ['a minute of one call', ({ money, calls }) => dollars(totalOf(money) / calls)],
];

/** Lines of Markdown, columns as wide as they have to be; numbers stand on the right. */
function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = (at: number) => Math.max(3, ...[heads, ...rows].map((row) => row[at]?.length ?? 0));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(width(at)) : cell.padStart(width(at)))).join(' | ')} |`;
  const rule = heads.map((_, at) =>
    at === 0 ? '-'.repeat(width(at)) : `${'-'.repeat(width(at) - 1)}:`,
  );
  return [line(heads), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function fullAt({ what, calls, change }: Limit, at: number): string {
  return `${at + 1}. **At about ${about(calls)} calls:** ${what}. Then: ${change}.`;
}

/** What so many calls need, and what is full at how many: Markdown. */
export function simulation(counts: readonly number[], costs: Costs, assumed: Assumptions): string {
  const all = counts.map((calls) => needsOf(calls, costs, assumed));
  const heads = ['calls at once', ...counts.map((calls) => calls.toLocaleString('en-GB'))];
  const rows = ROWS.map(([what, of]) => [what, ...all.map(of)]);
  const limits = limitsOf(costs, assumed);
  const most = Math.max(...counts);
  const inReach = limits.filter(({ calls }) => calls < most);
  const none = `Nothing that all calls share is full at ${about(most)} calls.`;
  return [markdown(heads, rows), '', ...(inReach.length > 0 ? inReach.map(fullAt) : [none])].join(
    '\n',
  );
}
