// How fast lists, filters and searches are over many calls: `npm run bench:calls [number of calls]`.
// In a folder of its own, or on the empty PostgreSQL database of DATABASE_URL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { withDatabase } from '../lib/calls/store/database';
import type { CallFilter } from '../lib/calls/store/read-calls';
import {
  closeStore,
  listCalls,
  neighbours,
  readTimeline,
  recordEvents,
} from '../lib/calls/store/store';
import { draws } from './draws';
import { fillCalls, madeCall } from './fill-calls';
import type { Finding } from './finding';
import { keep, machine } from './kept';
import { type Measured, measure, report } from './report';

const COUNT = Number(process.argv[2] ?? 100_000);
/** A call each 40 s: 100,000 in a month and a half. */
const EVERY_MS = 40_000;
const now = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
Object.assign(process.env, {
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'a-secret-of-thirty-two-characters',
  DATA_DIR: folder,
});

const draw = draws();
const day = 24 * 3_600_000;
const lists: readonly [string, CallFilter][] = [
  ['newest', {}],
  ['agent, most calls', { agent: 'front-desk' }],
  ['agent, few calls', { agent: 'line-check' }],
  ['deployment', { deployment: 'staging' }],
  ['agent and deployment', { agent: 'line-check', deployment: 'staging' }],
  ['outcome', { outcome: 'appointment' }],
  ['ended by, few calls', { endedBy: 'no agent' }],
  ['ended by, none', { endedBy: 'lost' }],
  ['one day, ten days ago', { from: now - 11 * day, to: now - 10 * day }],
  ['live', { live: true }],
  ['history alone', { live: false }],
  ['text in nearly all', { text: 'appointment' }],
  ['text in many', { text: 'debade' }],
  ['text in few', { text: 'zuzuba' }],
  ['text in none', { text: 'xylophone' }],
  ['two words', { text: 'doctor debade' }],
  ['a phrase', { text: '"tuesday morning"' }],
  ['text and agent', { text: 'appointment', agent: 'line-check' }],
  ['text and outcome', { text: 'debade', outcome: 'appointment' }],
];

try {
  const began = performance.now();
  const options = { count: COUNT, everyMs: EVERY_MS, until: now };
  const events = await withDatabase((db) => fillCalls(db, options, draw));
  await withDatabase((db) => db.execute(sql`analyze`));
  const filledS = Math.round((performance.now() - began) / 1_000);
  const rows: Measured[] = [];
  for (const [what, filter] of lists) {
    rows.push(
      await measure(`list: ${what}`, async () => {
        const { calls, next } = await listCalls(filter);
        return `${calls.length} calls${next ? ', and more' : ''}`;
      }),
    );
  }
  const slowest = rows.reduce((one, other) => (other.median > one.median ? other : one));
  const inAll: Finding = {
    what: `the slowest of ${rows.length} lists and searches of ${COUNT.toLocaleString('en-GB')} calls, at the server`,
    unit: 'ms',
    values: slowest.values,
    target: { median: 100 },
  };
  keep(new Map([['calls', [inAll]]]));
  const middle = Buffer.from(JSON.stringify([now - (COUNT / 2) * EVERY_MS, 'call'])).toString(
    'base64url',
  );
  for (const [what, filter] of [
    ['list: a page in the middle', { cursor: middle }],
    ['list: a page of a search in the middle', { cursor: middle, text: 'appointment' }],
  ] as const) {
    rows.push(await measure(what, async () => `${(await listCalls(filter)).calls.length} calls`));
  }
  const some = (run: number) => `call-${Math.abs(run * 997) % COUNT}`;
  rows.push(
    await measure('one call', async (run) => {
      return `${(await readTimeline(some(run)))?.marks.length} marks`;
    }),
    await measure('its neighbours', async (run) => Object.keys(await neighbours(some(run))).join()),
    await measure('write a call of a dozen events', async (run) => {
      const made = madeCall(COUNT + 10 + run, now, draw);
      await recordEvents(made, now);
      return `${made.length} events`;
    }),
  );
  for (const length of [100, 1_000, 5_000]) rows.push(await writeToLong(length));
  report(
    `Calls: ${COUNT} with ${events} events, ${process.env.DATABASE_URL ? 'PostgreSQL' : 'PGlite'}`,
    rows,
    {
      calls: COUNT,
      events,
      filledS,
      memoryMB: Math.round(process.memoryUsage().rss / 1e6),
      ...machine(),
    },
  );
} finally {
  await closeStore();
  rmSync(folder, { recursive: true, force: true });
}

/** One more event for a call that has many: the call is folded anew each time. */
async function writeToLong(length: number): Promise<Measured> {
  const [, , , , , turn] = madeCall(0, now, () => 0.5);
  if (!turn) throw new Error('no turn');
  const call = `long-${length}`;
  const event = (number: number) => ({
    ...{ ...turn, id: `${call}-${number}`, call, room: call, roomSid: call, at: now + number },
  });
  for (let first = 0; first < length; first += 200) {
    await recordEvents(
      Array.from({ length: Math.min(200, length) }, (_, index) => event(first + index)),
      now,
    );
  }
  return measure(
    `write one event into a call of ${length}`,
    async (run) => {
      await recordEvents([event(1_000_000 + run)], now);
      return '1 event';
    },
    20,
  );
}
