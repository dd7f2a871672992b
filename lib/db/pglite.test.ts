// The thread of PGlite, as what uses the database sees it.
import type { Duplex } from 'node:stream';
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, withDatabase } from '@/lib/db/database';
import { server } from '@/lib/server';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { endServer, NO_LIVEKIT, newServer } from '@/lib/testing/server';

let place: TestDatabase;
beforeEach(async () => {
  place = await testFolder();
  await newServer({ ...NO_LIVEKIT, ...place.env });
});
afterEach(async () => {
  await endServer();
  await place.remove();
});

/** A request that ends PGlite, and that no driver sends: its length is less than that of the length. */
const UNREADABLE = Buffer.from([0, 0, 0, 3]);

const one = (db: Database) => db.execute(sql`select 1 as one`);

/** Ends the thread while it has something to do. */
const endThread = (db: Database) => {
  const { $client } = db as unknown as { $client: pg.Pool };
  return $client.connect().then((client) => {
    const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
    stream.write(UNREADABLE);
    return client.query('select 1').finally(() => client.release(true));
  });
};

it('ended: what it did not answer fails, and the database is opened again', async () => {
  await withDatabase(server(), (db) => db.execute(sql`create table kept as select 1 as one`));
  await expect(withDatabase(server(), endThread)).rejects.toMatchObject({
    kind: 'database-unavailable',
    cause: { message: expect.stringContaining('PGlite failed: ') },
  });
  const kept = () => withDatabase(server(), (db) => db.execute(sql`select one from kept`));
  await expect.poll(kept).toMatchObject({ rows: [{ one: 1 }] });
});

it('this thread runs on while it works', async () => {
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  });
  await withDatabase(server(), one);
  turns = 0;
  await withDatabase(server(), (db) =>
    db.execute(sql`select count(*) from generate_series(1, 1000000)`),
  );
  clearInterval(counting);
  expect(turns).toBeGreaterThan(10);
});

it('a value of 20 MB is written and read', async () => {
  const text = 'ü'.repeat(10_000_000);
  const result = await withDatabase(server(), (db) =>
    db.execute(sql`select ${text}::text as text`),
  );
  expect(result).toMatchObject({ rows: [{ text }] });
});
