// What calls in progress notice while expired calls are deleted, and while a database in a folder collects its statistics.
// Part of `npm run bench:calls`.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { asc, count, sql } from 'drizzle-orm';
import type { StoredEvent } from '@/lib/calls/event';
import { deleteOld } from '@/lib/calls/store/retention';
import { calls } from '@/lib/calls/store/schema';
import { storeEvents } from '@/lib/calls/store/store';
import { withDatabase } from '@/lib/db/database';
import type { Server } from '@/lib/server';
import { type Finding, measure } from '@/scripts/bench/table';

/** Calls that expire, of the many. */
const EXPIRED = 1_000;
/** Milliseconds between two events of a call in progress. */
const EVERY_MS = 50;
/** What a call in progress may wait, in milliseconds. */
const WAIT_MS = 50;
const DAY_MS = 24 * 3_600_000;

/** Measures it. @param turn makes the events of a call in progress, one for each number */
export async function measureDeletion(
  server: Server,
  turn: (number: number) => StoredEvent,
): Promise<Finding[]> {
  const write = async (number: number) => {
    await storeEvents(server, [turn(number)]);
    return '1 event';
  };
  const before = await measure('write an event of a call in progress', write);
  const [limit] = await withDatabase(server, (db) =>
    db
      .select({ at: calls.requestedAt })
      .from(calls)
      .orderBy(asc(calls.requestedAt))
      .offset(EXPIRED)
      .limit(1),
  );
  const expiry = (limit?.at ?? 0) + server.config.CALLS_KEEP_DAYS * DAY_MS;
  const had = await storedCalls(server);

  const values: number[] = [];
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let deleting = true;
  const began = performance.now();
  const deleted = deleteOld(server, expiry).finally(() => {
    deleting = false;
  });
  for (let number = 1_000; deleting; number += 1) {
    const from = performance.now();
    await write(number);
    values.push(performance.now() - from);
    await pause(EVERY_MS);
  }
  await deleted;
  const seconds = (performance.now() - began) / 1_000;
  delays.disable();
  const gone = had - (await storedCalls(server));
  return [
    before,
    {
      ...{ what: '  while expired calls are deleted', unit: 'ms', values },
      target: { p95: WAIT_MS },
      note: `${gone} calls in ${Math.round(seconds)} s`,
      ...(gone < EXPIRED && { wrong: `${gone} calls were deleted instead of ${EXPIRED}` }),
    },
    {
      ...{ what: '  longest stop of the event loop meanwhile', unit: 'ms' },
      values: [delays.max / 1e6],
      target: { median: WAIT_MS },
    },
    ...(server.config.DATABASE_URL ? [] : await measureStatistics(server)),
  ];
}

const storedCalls = (server: Server) =>
  withDatabase(server, async (db) => {
    const [row] = await db.select({ count: count() }).from(calls);
    return row?.count ?? 0;
  });

/** A database in a folder collects them in this process, a table at a time. */
async function measureStatistics(server: Server): Promise<Finding[]> {
  const statisticsOf = (table: string) =>
    measure(
      `statistics of the table ${table}`,
      async () => {
        await withDatabase(server, (db) => db.execute(sql.raw(`analyze ${table}`)));
        return 'once an hour';
      },
      { runs: 5, target: { median: WAIT_MS } },
    );
  return [await statisticsOf('calls'), await statisticsOf('events')];
}
