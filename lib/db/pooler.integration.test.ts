// A real pgbouncer between Callboard and PostgreSQL: session mode works, everything else is refused before anything is locked.

import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { electLeader } from '@/lib/cluster/leader';
import { closeLocks, withLock } from '@/lib/cluster/locks';
import { closeDatabase, withDatabase } from '@/lib/db/database';
import { openServer } from '@/lib/db/open-server';
import { hasPostgres, startPostgres } from '@/lib/testing/databases';
import { hasPgbouncer, startPgbouncer } from '@/lib/testing/pgbouncer';
import { TEMPLATE, type TestPostgres } from '@/lib/testing/postgres';
import { testServer } from '@/lib/testing/server';

describe.skipIf(!hasPostgres || !hasPgbouncer)('pgbouncer', () => {
  let postgres: TestPostgres;
  let direct: pg.Client;
  const ends: (() => unknown)[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    await postgres.makeTemplate();
    direct = new pg.Client(postgres.url);
    await direct.connect();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    await direct?.end();
    await postgres?.remove();
  });

  /** The URL of the test database through a new pooler. */
  async function pooled(settings: Readonly<Record<string, string>>, query = ''): Promise<string> {
    const pooler = await startPgbouncer(postgres, settings);
    ends.push(pooler.stop);
    return `${new URL(TEMPLATE, pooler.url)}${query}`;
  }
  const advisoryLocks = async () =>
    (await direct.query(`select 1 from pg_locks where locktype = 'advisory'`)).rowCount;
  const refused = (words: RegExp) =>
    expect.objectContaining({
      kind: 'database-unavailable',
      cause: expect.objectContaining({ message: expect.stringMatching(words) }),
    });

  it('in session mode has locks, notifications and limits', async () => {
    const url = await pooled({ pool_mode: 'session' });
    const heard: string[] = [];
    const server = {
      ...testServer({ DATABASE_URL: url }),
      notifications: {
        onMessage: (payload: string) => void heard.push(payload),
        onMissed: () => undefined,
      },
    };
    ends.push(
      () => closeDatabase(server),
      () => closeLocks(server),
    );
    const { sql } = await import('drizzle-orm');
    const limits = await withDatabase(server, (db) =>
      db.execute(
        sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
      ),
    );
    expect(limits).toMatchObject({ rows: [{ statement: '5s', lock: '5s' }] });
    const notify = async () => {
      await withDatabase(server, (db) => db.execute(sql`select pg_notify('callboard', 'x')`));
      return heard;
    };
    await expect.poll(notify).toContain('x');

    await withLock(server, 'a', 1_000, async () => expect(await advisoryLocks()).toBe(1));
    await expect.poll(advisoryLocks).toBe(0);
    const begin = vi.fn();
    const stop = electLeader(server, 'failover', { begin, end: () => undefined });
    await expect.poll(() => begin.mock.calls).toHaveLength(1);
    // The one that waits, a process of before 0.2, ends before it has the lock, and the leader ends with its lock.
    const alsoBegin = vi.fn();
    const stopOther = electLeader(server, 'watcher', { begin: alsoBegin, end: () => undefined });
    await expect.poll(advisoryLocks).toBe(2);
    await stopOther();
    expect(alsoBegin).not.toHaveBeenCalled();
    await stop();
    await expect.poll(advisoryLocks, { timeout: 15_000 }).toBe(0);
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['transaction mode', { pool_mode: 'transaction' }, /transaction mode.*session mode/],
    [
      'one in turn',
      { pool_mode: 'transaction', server_round_robin: '1', min_pool_size: '3' },
      /transaction mode/,
    ],
    [
      'transaction mode with one server',
      { pool_mode: 'transaction', default_pool_size: '1' },
      /transaction mode/,
    ],
    ['statement mode', { pool_mode: 'statement' }, /transaction mode/],
    ['no reset', { pool_mode: 'session', server_reset_query: '' }, /server_reset_query/],
    [
      'too few connections',
      { pool_mode: 'session', default_pool_size: '1', query_wait_timeout: '1' },
      /no free connection/,
    ],
  ])('is refused with %s, and nothing stays locked', async (_, settings, words) => {
    await expect(openServer(await pooled(settings))).rejects.toEqual(refused(words));
    await expect.poll(advisoryLocks).toBe(0);
  });

  it('in transaction mode elects no leader', async () => {
    const url = await pooled({ pool_mode: 'transaction' });
    const server = testServer({ DATABASE_URL: url });
    ends.push(() => closeDatabase(server));
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const begin = vi.fn();
    const stop = electLeader(server, 'failover', { begin, end: () => undefined });
    const log = () => said.mock.calls.flat().join('\n');
    await expect.poll(log).toMatch(/election for failover.*transaction mode/);
    await stop();
    expect([begin.mock.calls.length, await advisoryLocks()]).toEqual([0, 0]);
  });

  it('names a startup parameter that it does not accept', async () => {
    const url = await pooled({ pool_mode: 'session' }, '?options=-c%20geqo%3Doff');
    await expect(openServer(url)).rejects.toEqual(refused(/does not accept the parameter options/));
  });
});
