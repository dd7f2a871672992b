// Migration of a database that earlier versions used.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrateForward } from '@/lib/db/migrate';
import { type RunningPglite, startPglite } from '@/lib/db/pglite';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';

let place: TestDatabase;
let pglite: RunningPglite;
beforeAll(async () => {
  place = await testFolder();
  pglite = await startPglite(join(place.folder, 'db'));
}, 60_000);
// Creating a database takes much longer than emptying one.
beforeEach(() =>
  pglite.pool.query(
    'drop schema if exists drizzle cascade; drop schema public cascade; create schema public',
  ),
);
afterAll(async () => {
  await pglite?.close();
  await place?.remove();
});

/** Migrates to this version's schema, or only to that before a migration. */
async function forwardTo(before?: string): Promise<void> {
  const db = drizzle(pglite.pool);
  if (before === undefined) return migrateForward(db);
  const folder = join(place.folder, 'migrations');
  cpSync('lib/db/migrations', folder, { recursive: true });
  const journal = join(folder, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'));
  const earlier = entries.filter(({ tag }: { tag: string }) => tag < before);
  writeFileSync(journal, JSON.stringify({ ...rest, entries: earlier }));
  await migrateForward(db, folder);
}

it('removes bookings, messages and calendar keys, keeps calls, and drops unused tokens', async () => {
  await forwardTo('0006');
  await pglite.pool.query(`
    insert into calls (id, room, origin, caller, agents, deployments, requested_at, outcome, turns,
      errors, answer_ms, heard_at, transcript)
      values ('c', 'r', 'page', 'Ann', '{front-desk}', '{production}', 1, 'message', 0, 0, '{}', 1, ''),
        ('t', 't', 'page', 'Ann', '{front-desk}', '{production}', 1, 'unfinished', 0, 0, '{}', 1, '');
    insert into events (id, call, room, source, at, arrived_at, kind, data) values
      ('e0', 'c', 'r', 'web', 1, 1, 'requested', '{"kind":"requested","origin":"page","identity":"x"}'),
      ('e1', 'c', 'r', 'livekit', 1, 1, 'person_joined', '{"kind":"person_joined","role":"caller"}'),
      ('e2', 'c', 'r', 'web', 2, 2, 'message_taken', '{"kind":"message_taken","text":"Call me"}'),
      ('e3', 't', 't', 'web', 1, 1, 'requested', '{"kind":"requested","origin":"page","identity":"x"}'),
      ('e4', 't', 't', 'livekit', 1, 1, 'room_started', '{"kind":"room_started"}');
    insert into messages (id, deployment, reference, text, call, taken_at)
      values ('e2', 'production', 'M1', 'Call me', 'c', 2);
    insert into accounts (id, name, email, email_verified, role, created_at, updated_at)
      values ('a', 'Ann', 'ann@example.com', true, 'admin', now(), now());
    insert into account_keys (id, reference_id, config_id, key, permissions, created_at, updated_at) values
      ('k1', 'a', 'default', 'x', '{"callboard":["calendar"]}', now(), now()),
      ('k2', 'a', 'default', 'y', '{"callboard":["watch"]}', now(), now());
  `);

  await forwardTo();
  const ids = async (table: string) =>
    (await pglite.pool.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(
      ({ id }) => id,
    );
  expect(await ids('events')).toEqual(['e0', 'e1', 'e3', 'e4']);
  expect(await ids('account_keys')).toEqual(['k2']);
  expect(await ids('calls')).toEqual(['c', 't']);
  expect(await ids('calls where begun')).toEqual(['c']);
  const { rows } = await pglite.pool.query(
    `select to_regclass('bookings') as bookings, to_regclass('messages') as messages`,
  );
  expect(rows).toEqual([{ bookings: null, messages: null }]);
}, 60_000);

it('reads and writes renamed tables by their earlier names', async () => {
  await forwardTo('0011');
  const run = (id: string) => `
    insert into rehearsal_runs (id, session, rehearsal, title, agent, deployment, number, state, started_at, result)
      values ('${id}', 's', 'books', 'Books', 'front-desk', 'staging', 1, 'running', 1, '{}')
      on conflict (id) do update set state = 'passed' where rehearsal_runs.session = 's'`;
  const link = (id: string) => `
    insert into account_welcomes (id, hash, role, made_at, expires_at) values ('${id}', '${id}', 'admin', 1, 2)`;
  await pglite.pool.query(`
    insert into rehearsal_sessions (id, by, started_at, heard_at, runs) values ('s', 'page', 1, 1, 2);
    ${run('before')}; ${link('before')}`);
  await forwardTo();
  await pglite.pool.query(`${run('before')}; ${run('after')}; ${link('after')}`);
  expect((await pglite.pool.query('select id, scenario, state from simulation_runs')).rows).toEqual(
    [
      { id: 'before', scenario: 'books', state: 'passed' },
      { id: 'after', scenario: 'books', state: 'running' },
    ],
  );
  await pglite.pool.query(`
    update account_welcomes set used_at = 3 where id = 'before';
    update rehearsal_sessions set stop_at = 3;
    delete from rehearsal_runs where rehearsal = 'books' and id = 'before'`);
  const rows = async (query: string) => (await pglite.pool.query(query)).rows;
  expect(await rows('select id, used_at from sign_up_links order by id')).toEqual([
    { id: 'after', used_at: null },
    { id: 'before', used_at: '3' },
  ]);
  expect(await rows('select id, stop_at from simulation_sessions')).toEqual([
    { id: 's', stop_at: '3' },
  ]);
  await pglite.pool.query('delete from rehearsal_sessions');
  expect(await rows('select id from simulation_runs')).toEqual([]);
  const old = `select conname as name from pg_constraint where contype <> 'n' and conname ~ 'rehears|welcome'
    union select indexname from pg_indexes where indexname ~ 'rehears|welcome'`;
  expect(await rows(old)).toEqual([]);
}, 60_000);
