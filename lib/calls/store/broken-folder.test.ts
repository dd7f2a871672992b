// A database folder that is reopened, was changed by a newer version, cannot be read, was deleted while in use, or is on
// a disk that is full or read-only. Confirmed data is there, and errors say what is wrong.

import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { CallEvent } from '@/lib/calls/event';
import { openFolder } from '@/lib/db/open-folder';
import { server } from '@/lib/server';
import { callWriter, keptOf } from '@/lib/testing/call-writer';
import { NO_LIVEKIT, storeOn, testFolder } from '@/lib/testing/calls-database';
import { endServer } from '@/lib/testing/server';

/** Part of util-linux, which every Linux has. */
const MOUNT = '/usr/bin/mount';
const UMOUNT = '/usr/bin/umount';
const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

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
  leftovers.push(() => endServer());
  return store;
}

it('reopened: its data is there; refused after a newer version has changed it', async () => {
  const place = await folder();
  const store = await open(place.env);
  await store.storeEvents(server(), [event('1')]);
  await endServer();
  expect(existsSync(join(place.folder, 'db.lock'))).toBe(false);
  expect((await store.readTimeline(server(), 'c'))?.marks).toHaveLength(1);
  const { withDatabase } = await import('@/lib/db/database');
  const later = sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`;
  await withDatabase(server(), (db) => db.execute(later));
  await endServer();
  await expect(store.listCalls(server())).rejects.toEqual(
    unavailable(/newer version of Callboard/),
  );
  expect(existsSync(join(place.folder, 'db.lock'))).toBe(false);
});

it('unreadable: the error says what to do', async () => {
  const place = await folder();
  writeFileSync(join(place.folder, 'db/global/pg_control'), 'nonsense');
  await expect(openFolder(join(place.folder, 'db'))).rejects.toEqual(unavailable(/backup/));
});

it('deleted while in use: writes are refused until the process restarts', async () => {
  const place = await folder();
  const store = await open(place.env);
  await store.storeEvents(server(), [event('1')]);
  const backup = join(place.folder, 'backup');
  cpSync(join(place.folder, 'db'), backup, { recursive: true });
  rmSync(join(place.folder, 'db'), { recursive: true });
  await expect(store.storeEvents(server(), [event('2')])).rejects.toEqual(
    unavailable(/was deleted/),
  );
  await expect(store.listCalls(server())).rejects.toEqual(unavailable(/backup.*restart/s));
  // A replacement must not be overwritten either.
  cpSync(backup, join(place.folder, 'db'), { recursive: true });
  await expect(store.listCalls(server())).rejects.toEqual(unavailable(/replaced/));
  // As the error says: restored, and restarted.
  await endServer();
  const reopened = await open(place.env);
  await reopened.storeEvents(server(), [event('2')]);
  const there = (await reopened.readTimeline(server(), 'c'))?.marks.map(({ id }) => id);
  expect(there).toEqual(['1', '2']);
}, 120_000);

it('replaced while it is being closed: the backup stays as it was', async () => {
  const place = await folder();
  const db = join(place.folder, 'db');
  const backup = join(place.folder, 'backup');
  cpSync(db, backup, { recursive: true });
  const opened = await openFolder(db);
  const running = opened.db.execute(sql`select pg_sleep(1)`);
  const closed = opened.close();
  rmSync(db, { recursive: true });
  cpSync(backup, db, { recursive: true });
  await Promise.all([running, closed]);
  const control = (of: string) => readFileSync(join(of, 'global/pg_control'));
  expect(control(db).equals(control(backup))).toBe(true);
}, 120_000);

it('unreadable while in use: the error says so, and the process can end', async () => {
  const place = await folder();
  const store = await open(place.env);
  await store.listCalls(server());
  const db = join(place.folder, 'db');
  renameSync(db, join(place.folder, 'elsewhere'));
  // Root may read everything, but not a link to itself.
  symlinkSync(db, db);
  await expect(store.listCalls(server())).rejects.toEqual(unavailable(/can no longer be read/));
  await endServer();
});

it('of a process killed while writing: all confirmed data is there', async () => {
  const place = await folder();
  const writer = await callWriter({ ...NO_LIVEKIT, ...place.env }, 'x');
  leftovers.push(writer.kill);
  await writer.more(50);
  await writer.kill();
  const store = await open(place.env);
  expect(await keptOf(store, writer.acknowledged)).toEqual(
    expect.arrayContaining(writer.acknowledged),
  );
}, 120_000);

/** A small in-memory disk; undefined if this user may not create one. */
function smallDisk(): string | undefined {
  const place = mkdtempSync(join(tmpdir(), 'callboard-disk-'));
  leftovers.push(() => rmSync(place, { recursive: true }));
  try {
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=72m', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  leftovers.push(() => execFileSync(UMOUNT, ['-l', place]));
  return place;
}

it('on a disk that is read-only, then full, then writable: confirmed events are there, once', async ({
  skip,
}) => {
  const disk = smallDisk();
  if (!disk) return skip('this user may not mount a disk');
  const db = join(disk, 'db');
  const place = await folder();
  cpSync(join(place.folder, 'db'), db, { recursive: true });
  execFileSync(MOUNT, ['-o', 'remount,ro', disk]);
  await expect(openFolder(db)).rejects.toEqual(unavailable(/the disk is read-only/));
  execFileSync(MOUNT, ['-o', 'remount,rw', disk]);

  const env = { DATA_DIR: disk, DATABASE_URL: '' };
  const writer = await callWriter({ ...NO_LIVEKIT, ...env }, 'x');
  leftovers.push(writer.kill);
  await writer.more(20);
  const ballast = join(disk, 'ballast');
  try {
    for (;;) writeFileSync(ballast, Buffer.alloc(4_096), { flag: 'a' });
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
  await expect.poll(writer.refused, { timeout: 60_000 }).toBeGreaterThan(3);
  rmSync(ballast);
  await writer.more(20);
  await writer.kill();
  const store = await open(env);
  const kept = await keptOf(store, writer.acknowledged);
  expect(kept).toEqual(expect.arrayContaining(writer.acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
  await endServer();
}, 120_000);
