// Migration of a database that earlier versions used.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { migrateForward } from './migrate';

let place: TestDatabase;
let raw: PGlite;
beforeEach(async () => {
  place = await testFolder();
  raw = await PGlite.create(join(place.folder, 'db'));
  // Creating a database takes much longer than emptying one.
  await raw.exec(
    'drop schema if exists drizzle cascade; drop schema public cascade; create schema public',
  );
}, 60_000);
afterEach(async () => {
  await raw?.close();
  await place?.remove();
});

it('removes bookings, messages and calendar keys, keeps calls, and drops unused tokens', async () => {
  const db = drizzle(raw);
  const forward = (from: string) => migrateForward(db, (config) => migrate(db, config), from);
  const folder = join(place.folder, 'migrations');
  cpSync('lib/db/migrations', folder, { recursive: true });
  const journal = join(folder, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'));
  const before = entries.filter(({ tag }: { tag: string }) => tag < '0006');
  writeFileSync(journal, JSON.stringify({ ...rest, entries: before }));
  await forward(folder);
  await raw.exec(`
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

  await forward('lib/db/migrations');
  const ids = async (table: string) =>
    (await raw.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(
      ({ id }) => id,
    );
  expect(await ids('events')).toEqual(['e0', 'e1', 'e3', 'e4']);
  expect(await ids('account_keys')).toEqual(['k2']);
  expect(await ids('calls')).toEqual(['c', 't']);
  expect(await ids('calls where begun')).toEqual(['c']);
  const { rows } = await raw.query(
    `select to_regclass('bookings') as bookings, to_regclass('messages') as messages`,
  );
  expect(rows).toEqual([{ bookings: null, messages: null }]);
}, 60_000);
