// Deleting many calls, or a long one, lets everything else go on, and is continued after a failure.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { StoredEvent } from '@/lib/calls/event';
import { deleteCall, deleteCalls } from '@/lib/calls/store/delete-calls';
import { deleteOld } from '@/lib/calls/store/retention';
import { calls, deletedRooms, events } from '@/lib/calls/store/schema';
import * as logging from '@/lib/core/log';
import { Problem } from '@/lib/core/problem';
import { withDatabase } from '@/lib/db/database';
import type { Opening } from '@/lib/db/server';
import { server } from '@/lib/server';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';
import { storeOn, type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { endServer } from '@/lib/testing/server';

/** When calls of {@link T0} have expired. */
const LATER = T0 + 91 * 24 * 3_600_000;

let place: TestDatabase;
let store: Awaited<ReturnType<typeof storeOn>>;
let database: Opening | undefined;
beforeAll(async () => {
  place = await testFolder();
  store = await storeOn(place);
});
beforeEach(async () => {
  await withDatabase(server(), async (db) => {
    // Their events and rooms too.
    for (const table of [calls, deletedRooms]) await db.delete(table);
  });
  database = server().database.current;
});
afterEach(() => {
  vi.restoreAllMocks();
  server().database.current = database;
});
afterAll(async () => {
  await endServer();
  await place.remove();
});

const add = (call: string, own: readonly StoredEvent[] = usualCall()) =>
  store.storeEvents(
    server(),
    own.map((event) => ({
      ...event,
      ...{ id: `${call}-${event.id}`, call, room: `room-${call}`, roomSid: `RM_${call}` },
    })),
  );
const listed = async () =>
  (await store.listCalls(server(), { limit: 100 })).calls.map(({ id }) => id).sort();
const eventsOf = (call: string) =>
  withDatabase(server(), async (db) => {
    const [row] = await db.select({ count: count() }).from(events).where(eq(events.call, call));
    return row?.count;
  });
const errors = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) =>
    eventAt('error', from + at, { where: 'x', message: 'y' }, { id: `error-${from + at}` }),
  );

it('lets the event loop turn between two calls, also in a folder', async () => {
  const ids = ['c1', 'c2', 'c3', 'c4', 'c5'];
  for (const id of ids) await add(id);
  let turns = 0;
  const turn = () => {
    turns += 1;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  const gone = await deleteCalls(server(), ids, LATER);
  clearImmediate(next);
  expect(gone.size).toBe(ids.length);
  expect(turns).toBeGreaterThanOrEqual(ids.length);
});

it('deletes a long call in steps, which are continued after a failure', async () => {
  for (let from = 0; from < 2_500; from += 500) await add('long', errors(from, from + 500));
  await add('other');
  const opened = await database?.opening;
  if (!opened) throw new Error('not opened');
  // Reading the recordings and the first step succeed.
  const away = vi.fn(() => {
    throw new Problem('database-unavailable', 'away');
  });
  away.mockReturnValueOnce(undefined as never).mockReturnValueOnce(undefined as never);
  server().database.current = { opening: Promise.resolve({ ...opened, ready: away }) };
  await expect(deleteCall(server(), 'long', { now: T0 + 5_000 })).rejects.toThrow('away');
  server().database.current = database;

  expect(await eventsOf('long')).toBe(1_500);
  expect(await listed()).toEqual(['other']);
  await add('long', errors(3_000, 3_001));
  expect(await eventsOf('long')).toBe(1_500);
  // Before any call expires.
  await deleteOld(server(), T0 + 10_000);
  expect(await eventsOf('long')).toBe(0);
  expect(await listed()).toEqual(['other']);
  await add('long', errors(3_000, 3_001));
  expect(await eventsOf('long')).toBe(0);
});

it('a recording that cannot be deleted keeps its own call only', async () => {
  const log = vi.spyOn(logging, 'logError').mockReturnValue();
  const recording = { file: 'c1/a.ogg', startedAt: T0, channels: 2 };
  await add('c1', [...usualCall(), eventAt('recording', 900, recording)]);
  for (const call of ['c2', 'c3']) await add(call);
  // A folder, with a file, is not deleted as a file.
  const stuck = join(place.folder, 'recordings', recording.file);
  mkdirSync(stuck, { recursive: true });
  writeFileSync(join(stuck, 'x'), '');
  await deleteOld(server(), LATER);
  expect(await listed()).toEqual(['c1']);
  expect(log).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('Kept 1 expired calls'),
    expect.objectContaining({ kind: 'not-saved' }),
  );
  rmSync(stuck, { recursive: true });
  await deleteOld(server(), LATER);
  expect(await listed()).toEqual([]);
});

it('announces what somebody deletes, and no expired calls', async () => {
  for (const call of ['c1', 'c2']) await add(call);
  const heard = vi.fn();
  const stop = store.onCallChanged(server(), heard);
  await deleteCall(server(), 'c1');
  await deleteOld(server(), LATER);
  stop();
  expect(await listed()).toEqual([]);
  expect(heard.mock.calls).toEqual([['c1']]);
});

it('stops when the process does', async () => {
  await add('c1');
  await deleteOld(server(), LATER, AbortSignal.abort());
  expect(await listed()).toEqual(['c1']);
});
