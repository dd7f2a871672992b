// A PostgreSQL server that is killed while processes use it, and comes back. Confirmed data is there; meanwhile
// processes report the error or continue without it.

import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { followChanges } from '@/lib/calls/store/call-feed';
import { server } from '@/lib/server';
import { usualCall } from '@/lib/testing/call-events';
import { callWriter, keptOf } from '@/lib/testing/call-writer';
import { NO_LIVEKIT, storeOn } from '@/lib/testing/calls-database';
import { hasPostgres, startPostgres } from '@/lib/testing/databases';
import { endServer, testServer } from '@/lib/testing/server';

/** Milliseconds: longer than the 20 s after which an interrupted write fails. */
const LIMIT_MS = 60_000;
const LIMIT = { timeout: LIMIT_MS };

const leftovers: (() => unknown)[] = [];
const unavailable = (words: RegExp) =>
  expect.objectContaining({ kind: 'database-unavailable', detail: expect.stringMatching(words) });

describe.skipIf(!hasPostgres)('a server that is killed', { timeout: 2 * LIMIT_MS }, () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterEach(async () => {
    for (const clear of leftovers.splice(0).reverse()) await clear();
    vi.unstubAllEnvs();
  });
  afterAll(() => postgres?.remove());

  async function open() {
    const store = await storeOn(postgres);
    leftovers.push(() => endServer());
    return store;
  }

  it('is reported, also at startup', async () => {
    await postgres.kill();
    const store = await open();
    await expect(store.listCalls(server())).rejects.toEqual(unavailable(/PostgreSQL server/));
    await postgres.run();
    await vi.waitFor(() => store.listCalls(server()), 20_000);
    await postgres.kill();
    await expect(store.listCalls(server())).rejects.toEqual(unavailable(/does not answer/));
    await postgres.run();
    await expect(store.listCalls(server())).resolves.toBeDefined();
  });

  it('has all confirmed data, once; pages are notified of each change, and of missed ones', async () => {
    const store = await open();
    await store.listCalls(server());
    const heard: (string | undefined)[] = [];
    followChanges(server());
    leftovers.push(store.onCallChanged(server(), (id) => heard.push(id)));
    const env = { ...NO_LIVEKIT, ...postgres.env };
    const writers = await Promise.all(['a', 'b'].map((prefix) => callWriter(env, prefix)));
    leftovers.push(...writers.map((one) => one.kill));
    for (const id of ['call-a-0', 'call-b-0']) {
      await expect.poll(() => heard, LIMIT).toContain(id);
    }

    // Own changes are reported at once and only once; changes of others arrive later.
    const own = () => heard.filter((id) => id === 'c1').length;
    await store.storeEvents(server(), usualCall());
    const known = heard.length;
    await expect.poll(() => heard.length).toBeGreaterThan(known + 5);
    expect(own()).toBe(1);
    await store.deleteCall(server(), 'c1');
    expect(own()).toBe(2);

    await Promise.all(writers.map((one) => one.more(20)));
    await postgres.kill();
    // Requests fail while it is down, and work again afterwards.
    await expect.poll(() => writers.every((one) => one.refused() > 0), LIMIT).toBe(true);
    await postgres.run();
    await Promise.all(writers.map((one) => one.more(20)));
    await expect.poll(() => heard, LIMIT).toContain(undefined);
    const before = heard.length;
    await expect.poll(() => heard.slice(before).some(Boolean), LIMIT).toBe(true);

    await Promise.all(writers.map((one) => one.kill()));
    const all = writers.flatMap((one) => one.acknowledged);
    const kept = await keptOf(store, all);
    expect(kept).toEqual(expect.arrayContaining(all));
    expect(new Set(kept).size).toBe(kept.length);
  });

  it('does not block work that needs a lock across processes', async () => {
    const server = testServer({ DATABASE_URL: postgres.url });
    const locks = await import('@/lib/cluster/locks');
    leftovers.push(() => locks.closeLocks(server));
    const other = new pg.Client(postgres.url);
    other.on('error', () => undefined);
    await other.connect();
    leftovers.push(() => other.end());
    await expect(locks.withLock(server, 'a', 5_000, async () => 'done')).resolves.toBe('done');

    await other.query(`select pg_advisory_lock(${locks.LOCK_KEYS.work}, hashtext('a'))`);
    const work = vi.fn(async () => 'turn');
    const waiting = locks.withLock(server, 'a', LIMIT_MS, work);
    await locks.withLock(server, 'b', 5_000, async () => undefined);
    expect(work).not.toHaveBeenCalled();
    await other.query(`select pg_advisory_unlock(${locks.LOCK_KEYS.work}, hashtext('a'))`);
    await expect(waiting).resolves.toBe('turn');

    await postgres.kill();
    await expect(locks.withLock(server, 'a', 1_000, async () => 'alone')).resolves.toBe('alone');
  });
});
