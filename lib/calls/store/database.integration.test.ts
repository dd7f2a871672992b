// Opening the database: migrations, one that is newer, one that is in use, one that is away.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runFile } from '../../testing/bundled';
import { NO_LIVEKIT, storeOn, testFolder } from '../../testing/calls-database';
import { hasPostgres, startPostgres } from '../../testing/databases';

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

async function folder() {
  const place = await testFolder();
  leftovers.push(() => place.remove());
  return place;
}
async function open(place: { env: Readonly<Record<string, string>> }) {
  const store = await storeOn(place);
  leftovers.push(() => store.closeStore());
  return store;
}
const unavailable = (words: RegExp) =>
  expect.objectContaining({ kind: 'database-unavailable', detail: expect.stringMatching(words) });

describe('in a folder', () => {
  it('is opened again with what was in it, and gives the folder back', async () => {
    const place = await folder();
    const lock = join(place.folder, 'db.lock');
    const store = await open(place);
    await store.recordEvents(
      [
        {
          id: '1',
          call: 'c',
          room: 'r',
          source: 'web',
          at: Date.now(),
          what: { kind: 'room_started' },
        },
      ],
      Date.now(),
    );
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
    await store.closeStore();
    expect(existsSync(lock)).toBe(false);
    expect((await store.readTimeline('c'))?.marks).toHaveLength(1);
  });

  it('is refused where a newer version has changed it', async () => {
    const place = await folder();
    const store = await open(place);
    await store.listCalls();
    await store.closeStore();
    const raw = await PGlite.create(join(place.folder, 'db'));
    await raw.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`,
    );
    await raw.close();
    const newer = await open(place);
    await expect(newer.listCalls()).rejects.toEqual(unavailable(/newer version of Callboard/));
    expect(existsSync(join(place.folder, 'db.lock'))).toBe(false);
  });

  it('is refused while another process has it, and free when that was killed', async () => {
    const place = await folder();
    const child = await runFile('lib/testing/call-writer.ts', [], { ...NO_LIVEKIT, ...place.env });
    leftovers.push(() => child.kill('SIGKILL'));
    await vi.waitUntil(() => child.stdout.readableLength > 0, { timeout: 20_000 });
    const store = await open(place);
    await expect(store.listCalls()).rejects.toEqual(
      unavailable(new RegExp(`in use by process ${child.pid}.*DATABASE_URL`)),
    );
    child.kill('SIGKILL');
    // Not at once: a database that cannot be opened is not tried again for two seconds.
    const { calls } = await vi.waitFor(() => store.listCalls(), { timeout: 20_000, interval: 200 });
    expect(calls.length).toBeGreaterThan(0);
  }, 60_000);

  it.each([
    ['a process that has our number, but began at another time', { pid: process.pid, began: '1' }],
    ['a process that is no more', { pid: 2 ** 22 + 1, began: '1' }],
  ])('is taken over from %s', async (_, holder) => {
    const place = await folder();
    const { hostname } = await import('node:os');
    const lock = { ...holder, host: hostname(), token: 'x' };
    writeFileSync(join(place.folder, 'db.lock'), JSON.stringify(lock));
    const store = await open(place);
    await expect(store.listCalls()).resolves.toBeDefined();
  });

  it('is not taken from another host that still gives signs of life', async () => {
    const place = await folder();
    const lock = { pid: 1, began: '', host: 'elsewhere', token: 'x' };
    writeFileSync(join(place.folder, 'db.lock'), JSON.stringify(lock));
    const store = await open(place);
    await expect(store.listCalls()).rejects.toEqual(unavailable(/process 1 on elsewhere/));
  });

  it('says what to do where it cannot be read', async () => {
    const place = await folder();
    writeFileSync(join(place.folder, 'db/global/pg_control'), 'nonsense');
    const store = await open(place);
    await expect(store.listCalls()).rejects.toEqual(unavailable(/backup/));
  });

  it('is made where it is not there', async () => {
    const place = await folder();
    rmSync(join(place.folder, 'db'), { recursive: true });
    const store = await open(place);
    await expect(store.listCalls()).resolves.toEqual({ calls: [], next: undefined });
  }, 60_000);
});

describe.skipIf(!hasPostgres)('on a server', () => {
  it('is migrated once by processes that start together, and refused where it is newer', async () => {
    const server = await startPostgres();
    leftovers.push(() => server.remove());
    const { openServer } = await import('./open-server');
    const opened = await Promise.all([1, 2, 3].map(() => openServer(server.url)));
    await Promise.all(opened.map((each) => each.close()));
    const { default: postgres } = await import('postgres');
    const sql = postgres(server.url, { max: 1 });
    leftovers.push(() => sql.end());
    const done = await sql`select * from drizzle.__drizzle_migrations`;
    const journal = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8'));
    expect(done).toHaveLength(journal.entries.length);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 4102444800000)`;
    await expect(openServer(server.url)).rejects.toEqual(unavailable(/newer version/));
  }, 60_000);

  it('is 503 while the server is away, also at the start', async () => {
    const server = await startPostgres();
    leftovers.push(() => server.remove());
    await server.kill();
    const store = await open(server);
    await expect(store.listCalls()).rejects.toEqual(unavailable(/PostgreSQL server/));
    await server.run();
    await vi.waitFor(() => store.listCalls(), { timeout: 20_000, interval: 200 });
    await server.kill();
    await expect(store.listCalls()).rejects.toEqual(unavailable(/does not answer/));
    await server.run();
    await expect(store.listCalls()).resolves.toBeDefined();
  }, 60_000);

  it('is 503 after five seconds where somebody holds the tables', async () => {
    const server = await startPostgres();
    leftovers.push(() => server.remove());
    const store = await open(server);
    await store.listCalls();
    const { default: postgres } = await import('postgres');
    const sql = postgres(server.url, { max: 1 });
    leftovers.push(() => sql.end({ timeout: 1 }));
    await sql.begin(async (held) => {
      await held`lock table calls`;
      const began = performance.now();
      await expect(store.listCalls()).rejects.toEqual(unavailable(/does not answer/));
      expect(performance.now() - began).toBeLessThan(8_000);
    });
  }, 60_000);
});

it('the schema has no change that is in no migration', async () => {
  const { execFileSync } = await import('node:child_process');
  const out = mkdtempSync(join(tmpdir(), 'callboard-migrations-'));
  leftovers.push(() => rmSync(out, { recursive: true }));
  cpSync('migrations', out, { recursive: true });
  const before = readFileSync(join(out, 'meta/_journal.json'), 'utf8');
  execFileSync(
    process.execPath,
    [
      'node_modules/drizzle-kit/bin.cjs',
      'generate',
      '--dialect=postgresql',
      '--schema=lib/{calls/store/schema,bookings/store/tables}.ts',
      '--casing=snake_case',
      `--out=${out}`,
    ],
    { stdio: 'pipe' },
  );
  expect(readFileSync(join(out, 'meta/_journal.json'), 'utf8')).toBe(before);
}, 60_000);
