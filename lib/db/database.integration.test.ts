// Opening a PostgreSQL database: migrations, a newer schema, a read-only server, timeouts.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql as raw } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { runCheck } from '@/lib/doctor/check';
import { server } from '@/lib/server';
import { storeOn } from '@/lib/testing/calls-database';
import { hasPostgres, postgresDatabase } from '@/lib/testing/databases';
import { onPostgres, postgresPrograms } from '@/lib/testing/postgres';
import { endServer } from '@/lib/testing/server';

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

async function database(template?: string) {
  const place = await postgresDatabase(template);
  leftovers.push(() => place.remove());
  const url = place.env.DATABASE_URL as string;
  const client = new pg.Client(url);
  await client.connect();
  leftovers.push(() => client.end());
  return { ...place, url, client };
}
async function open(place: { env: Readonly<Record<string, string>> }) {
  const store = await storeOn(place);
  leftovers.push(() => endServer());
  return store;
}
const unavailable = (words: RegExp) =>
  expect.objectContaining({ kind: 'database-unavailable', detail: expect.stringMatching(words) });
const event = (id: string): CallEvent => ({
  ...{ id, call: 'c', room: 'r', source: 'web', at: Date.now() },
  what: { kind: 'room_started' },
});

describe.skipIf(!hasPostgres)('on a server', () => {
  it('is migrated once by processes that start together, and refused if its schema is newer', async () => {
    const { url, client } = await database('template1');
    const { openServer } = await import('@/lib/db/open-server');
    const opened = await Promise.all([1, 2, 3].map(() => openServer(url)));
    await Promise.all(opened.map((each) => each.close()));
    const { rows: done } = await client.query('select * from drizzle.__drizzle_migrations');
    const journal = JSON.parse(readFileSync('lib/db/migrations/meta/_journal.json', 'utf8'));
    expect(done).toHaveLength(journal.entries.length);
    await client.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 4102444800000)`,
    );
    await expect(openServer(url)).rejects.toEqual(unavailable(/newer version/));
  });

  it('limits each statement and lock to five seconds', async () => {
    const place = await database();
    const store = await open(place);
    await store.listCalls(server());
    const { withDatabase } = await import('@/lib/db/database');
    const settings = await withDatabase(server(), (db) =>
      db.execute(
        raw`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
      ),
    );
    expect(settings).toMatchObject({ rows: [{ statement: '5s', lock: '5s' }] });
  });

  it('can be read while it is read-only, and written to once it is writable again', async () => {
    const place = await database();
    const store = await open(place);
    await store.storeEvents(server(), [event('1')]);
    /** The setting applies to new connections only. */
    const readOnly = async (value: 'on' | 'off') => {
      const { client, url } = place;
      const name = new URL(url).pathname.slice(1);
      await client.query(`alter database "${name}" set default_transaction_read_only = ${value}`);
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'callboard' and datname = current_database()`,
      );
    };
    const ids = async (of = store) =>
      (await of.readTimeline(server(), 'c'))?.marks.map(({ id }) => id);
    await readOnly('on');
    expect(await vi.waitFor(() => ids(), 20_000)).toEqual(['1']);
    await expect(store.storeEvents(server(), [event('2')])).rejects.toEqual(
      unavailable(/does not answer/),
    );
    const { databaseCheck } = await import('@/lib/doctor/checks/installation');
    const check = databaseCheck(server(), 'en');
    const doctor = await runCheck(check);
    expect(doctor).toMatchObject({ state: 'fail', seen: expect.stringMatching(/only reads/) });
    // A process that starts now can read too.
    const other = await open(place);
    expect(await ids(other)).toEqual(['1']);
    await endServer();
    await readOnly('off');
    await vi.waitFor(() => store.storeEvents(server(), [event('2')]), 20_000);
    expect(await ids()).toEqual(['1', '2']);
  });

  it('is what it was after the commands of docs/deployment.md, also if a newer version has migrated it', async () => {
    const place = await postgresDatabase();
    leftovers.push(() => place.remove());
    const url = new URL(place.env.DATABASE_URL as string);
    const page = readFileSync('docs/deployment.md', 'utf8');
    const commands = [...page.matchAll(/ -T postgres (\w+) (.*?)(?: [<>] .*)?$/gm)];
    const env = { ...process.env, PGHOST: url.hostname, PGPORT: url.port };
    const run = ([, program = '', args = '']: readonly string[], input?: Buffer) => {
      // In a test the database has another name, and its user the same.
      const own = args.replace(/(?<!-U )\bcallboard\b/, url.pathname.slice(1)).split(' ');
      return execFileSync(join(postgresPrograms() ?? '', program), own, { env, input });
    };
    expect(commands.map(([, program]) => program)).toContain('pg_restore');

    const store = await open(place);
    await store.storeEvents(server(), [event('1')]);
    const [backUp = [], ...restore] = commands;
    const dump = run(backUp);
    await store.storeEvents(server(), [event('2')]);
    await endServer();
    await onPostgres(url.href, async (client) => {
      await client.query('create table later (call text references calls)');
      await client.query(
        `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 4102444800000)`,
      );
    });
    for (const command of restore) run(command, dump);
    const restored = await open(place);
    expect((await restored.readTimeline(server(), 'c'))?.marks.map(({ id }) => id)).toEqual(['1']);
    const later = await onPostgres(url.href, (client) =>
      client.query(`select to_regclass('later') as there`),
    );
    expect(later.rows).toEqual([{ there: null }]);
  });
});
