// How the kept calls grow: `npm run bench:growth` fills one database from 100 to 100,000 calls, and at
// each size measures the list, a search, one call and writing one, with the memory of the process. Writes a
// table, a chart (docs/growth.svg) and JSON. What must hold is a ratio within the run: see MOST_TIMES.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { withDatabase } from '../lib/calls/store/database';
import { closeStore, listCalls, readTimeline, recordEvents } from '../lib/calls/store/store';
import { draws } from './draws';
import { fillCalls, madeCall } from './fill-calls';
import { chart, type Line } from './growth-chart';
import { machine } from './kept';
import { type Measured, measure } from './report';

const SIZES = [100, 1_000, 10_000, 100_000];
/** A call each 40 s: 100,000 in a month and a half. */
const EVERY_MS = 40_000;
const RUNS = 30;
/** Names of calls made for the measuring of writing begin behind all others. */
const WRITTEN_FROM = 1_000_000;
/**
 * Most times as long that anything may take with the most calls as with a thousand. Of a hundred times the
 * calls, an index costs two times; reading them all would cost a hundred.
 */
const MOST_TIMES = 10;

const folder = mkdtempSync(join(tmpdir(), 'callboard-growth-'));
Object.assign(process.env, {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
  DATA_DIR: folder,
});
const now = Date.now();
const draw = draws();

/** What is measured with `count` calls; `round` tells the calls that are written apart. */
async function look(count: number, round: number): Promise<readonly Measured[]> {
  const some = (run: number) => `call-${Math.abs(run * 997) % count}`;
  const works: readonly [string, (run: number) => Promise<unknown>][] = [
    ['the newest calls', () => listCalls({})],
    ['a search that finds few', () => listCalls({ text: 'zuzuba' })],
    ['one call', (run) => readTimeline(some(run))],
    [
      'writing a call',
      (run) => recordEvents(madeCall(WRITTEN_FROM + round * 1_000 + run, now, draw), now),
    ],
  ];
  const rows: Measured[] = [];
  for (const [what, work] of works) {
    rows.push(await measure(what, async (run) => String(await work(run)).slice(0, 0), RUNS));
  }
  return rows;
}

const found: { count: number; memoryMB: number; rows: readonly Measured[] }[] = [];
try {
  for (const [round, count] of SIZES.entries()) {
    const from = SIZES[round - 1] ?? 0;
    const options = { count, from, everyMs: EVERY_MS, until: now };
    await withDatabase((db) => fillCalls(db, options, draw));
    await withDatabase((db) => db.execute(sql`analyze`));
    const rows = await look(count, round);
    found.push({ count, memoryMB: Math.round(process.memoryUsage().rss / 1e6), rows });
  }
} finally {
  await closeStore();
  rmSync(folder, { recursive: true, force: true });
}

const names = found[0]?.rows.map(({ what }) => what) ?? [];
const lines: Line[] = names.map((name, index) => ({
  name,
  points: found.map(({ count, rows }) => ({ count, value: rows[index]?.median ?? Number.NaN })),
}));
const facts = machine();
mkdirSync('test-results', { recursive: true });
writeFileSync('test-results/growth.json', `${JSON.stringify({ ...facts, found }, null, 2)}\n`);
const title = `Median milliseconds by the number of kept calls · ${facts.cpus} × ${facts.cpu}`;
writeFileSync('docs/growth.svg', chart(lines, title, 'ms'));
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
const shown = (count: number) => count.toLocaleString('en-GB');
process.stdout.write(row(['kept calls', ...names.map((name) => `${name}, ms`), 'memory, MB']));
process.stdout.write(row(['---', ...names.map(() => '--:'), '--:']));
for (const { count, memoryMB, rows } of found) {
  process.stdout.write(
    row([shown(count), ...rows.map(({ median }) => String(median)), String(memoryMB)]),
  );
}

const grown = lines.flatMap(({ name, points }) => {
  const [, thousand] = points;
  const times = (points.at(-1)?.value ?? Number.NaN) / (thousand?.value ?? Number.NaN);
  return times <= MOST_TIMES ? [] : [`${name}: ${times.toFixed(1)} times as long`];
});
if (grown.length > 0) {
  process.stderr.write(
    `More than ${MOST_TIMES} times as long as with 1,000: ${grown.join('; ')}\n`,
  );
  process.exitCode = 1;
}
