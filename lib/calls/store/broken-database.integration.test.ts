// A database that cannot be used: its folder deleted under the process that has it, or on a disk that is
// full or read-only; a server that takes no writes. What was told to be kept is there; what cannot be
// kept is said.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { runFile } from '../../testing/bundled';
import { NO_LIVEKIT, storeOn, testFolder } from '../../testing/calls-database';
import { hasPostgres, startPostgres } from '../../testing/databases';
import type { CallEvent } from '../event';

const LIMIT_MS = 30_000;
/** Of util-linux, which is on every Linux. */
const MOUNT = '/usr/bin/mount';
const UMOUNT = '/usr/bin/umount';
const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: LIMIT_MS });
const unavailable = (words: RegExp) =>
  expect.objectContaining({ kind: 'database-unavailable', detail: expect.stringMatching(words) });
const event = (id: string): CallEvent => ({
  ...{ id, call: 'c', room: 'r', source: 'web', at: Date.now() },
  what: { kind: 'room_started' },
});

async function folder() {
  const place = await testFolder();
  leftovers.push(() => place.remove());
  return place;
}
async function open(env: Readonly<Record<string, string>>) {
  const store = await storeOn({ env });
  leftovers.push(() => store.closeStore());
  return store;
}

it('deleted while it is in use: nothing is taken that would be lost, until the process starts anew', async () => {
  const place = await folder();
  const store = await open(place.env);
  await store.recordEvents([event('1')]);
  const backup = join(place.folder, 'backup');
  cpSync(join(place.folder, 'db'), backup, { recursive: true });
  rmSync(join(place.folder, 'db'), { recursive: true });
  await expect(store.recordEvents([event('2')])).rejects.toEqual(unavailable(/was deleted/));
  await expect(store.listCalls()).rejects.toEqual(unavailable(/backup.*restart/s));
  // Another one in its place is not written over either.
  cpSync(backup, join(place.folder, 'db'), { recursive: true });
  await expect(store.listCalls()).rejects.toEqual(unavailable(/replaced/));
  await store.closeStore();
  rmSync(join(place.folder, 'db'), { recursive: true });
  const anew = await open(place.env);
  await anew.recordEvents([event('2')]);
  expect((await anew.readTimeline('c'))?.marks.map(({ id }) => id)).toEqual(['2']);
}, 60_000);

/** A small disk of its own in memory; undefined where this user may not make one. */
function smallDisk(): string | undefined {
  const place = mkdtempSync(join(tmpdir(), 'callboard-disk-'));
  try {
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=72m', 'tmpfs', place], { stdio: 'ignore' });
    return place;
  } catch {
    rmSync(place, { recursive: true });
    return undefined;
  }
}
const disk = smallDisk();

describe.skipIf(!disk)('on a disk of its own', () => {
  const own = disk ?? '';
  const env = { DATA_DIR: own, DATABASE_URL: '' };
  const mount = (...args: string[]) => execFileSync(MOUNT, args);
  afterEach(() => {
    mount('-o', 'remount,rw', own);
    for (const name of ['db', 'db.lock', 'ballast'])
      rmSync(join(own, name), { recursive: true, force: true });
  });

  it('full, and then not: what was told to be kept is there, each once', async () => {
    const place = await folder();
    cpSync(join(place.folder, 'db'), join(own, 'db'), { recursive: true });
    const writer = await runFile('lib/testing/call-writer.ts', ['x'], { ...NO_LIVEKIT, ...env });
    leftovers.push(() => writer.kill('SIGKILL'));
    const told: string[] = [];
    let refused = 0;
    createInterface(writer.stdout).on('line', (id) => told.push(id));
    createInterface(writer.stderr).on('line', () => refused++);
    await soon(() => told.length).toBeGreaterThan(20);
    try {
      for (;;) writeFileSync(join(own, 'ballast'), Buffer.alloc(4_096), { flag: 'a' });
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
    await soon(() => refused).toBeGreaterThan(3);
    rmSync(join(own, 'ballast'));
    const before = told.length;
    await soon(() => told.length).toBeGreaterThan(before + 20);
    writer.kill('SIGKILL');
    await soon(() => writer.signalCode).toBe('SIGKILL');
    const store = await open(env);
    const calls = new Set(told.map((id) => `call-x-${Math.floor(Number(id.split('-')[1]) / 20)}`));
    const kept: string[] = [];
    for (const id of calls) {
      kept.push(...((await store.readTimeline(id))?.marks.map((mark) => mark.id) ?? []));
    }
    expect(told.filter((id) => !kept.includes(id))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
    await store.closeStore();
  }, 120_000);

  it('read-only: refused with the reason, and used once it can be written', async () => {
    const place = await folder();
    cpSync(join(place.folder, 'db'), join(own, 'db'), { recursive: true });
    mount('-o', 'remount,ro', own);
    const store = await open(env);
    await expect(store.listCalls()).rejects.toEqual(unavailable(/the disk is read-only/));
    mount('-o', 'remount,rw', own);
    await soon(() => store.listCalls().catch(() => undefined)).toEqual({
      calls: [],
      next: undefined,
    });
    await store.closeStore();
  }, 60_000);
});

afterAll(() => {
  if (!disk) return;
  execFileSync(UMOUNT, ['-l', disk]);
  rmSync(disk, { recursive: true });
});

it.skipIf(!hasPostgres)(
  'a server that takes no writes is read, and written to when it does again',
  async () => {
    const server = await startPostgres();
    leftovers.push(() => server.remove());
    const store = await open(server.env);
    await store.recordEvents([event('1')]);
    const sql = postgres(server.url, { max: 1, onnotice() {} });
    leftovers.push(() => sql.end());
    /** Connections have a setting from their beginning. */
    const readOnly = async (value: 'on' | 'off') => {
      await sql`alter database postgres set default_transaction_read_only = ${sql.unsafe(value)}`;
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'callboard'`;
    };
    const ids = async (of = store) => (await of.readTimeline('c'))?.marks.map(({ id }) => id);
    await readOnly('on');
    await soon(() => ids().catch(() => undefined)).toEqual(['1']);
    await expect(store.recordEvents([event('2')])).rejects.toEqual(unavailable(/does not answer/));
    // A process that starts now reads too.
    const other = await open(server.env);
    expect(await ids(other)).toEqual(['1']);
    await other.closeStore();
    await readOnly('off');
    await soon(() =>
      store.recordEvents([event('2')]).then(
        () => ids(),
        () => undefined,
      ),
    ).toEqual(['1', '2']);
  },
  60_000,
);
