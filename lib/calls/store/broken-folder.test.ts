// A database folder that is used again, was changed by a newer version, cannot be read, was deleted under the
// process that has it, or lies on a disk that is full or read-only. What was told to be kept is there; what
// cannot be kept is said.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { openFolder } from '@/lib/db/open-folder';
import { callWriter, keptOf } from '@/lib/testing/call-writer';
import { NO_LIVEKIT, storeOn, testFolder } from '@/lib/testing/calls-database';
import { waitFor } from '@/lib/testing/wait-for';
import type { CallEvent } from '../event';

/** Of util-linux, which is on every Linux. */
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
  leftovers.push(() => store.closeStore());
  return store;
}

it('used again: what was in it is there; one that a newer version has changed is refused', async () => {
  const place = await folder();
  const store = await open(place.env);
  await store.recordEvents([event('1')]);
  await store.closeStore();
  expect(existsSync(join(place.folder, 'db.lock'))).toBe(false);
  expect((await store.readTimeline('c'))?.marks).toHaveLength(1);
  const { withDatabase } = await import('@/lib/db/database');
  const later = sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`;
  await withDatabase((db) => db.execute(later));
  await store.closeStore();
  await expect(store.listCalls()).rejects.toEqual(unavailable(/newer version of Callboard/));
  expect(existsSync(join(place.folder, 'db.lock'))).toBe(false);
});

it('that cannot be read: what to do is said', async () => {
  const place = await folder();
  writeFileSync(join(place.folder, 'db/global/pg_control'), 'nonsense');
  await expect(openFolder(join(place.folder, 'db'))).rejects.toEqual(unavailable(/backup/));
});

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
  // One that is not there is made.
  const anew = await open(place.env);
  await anew.recordEvents([event('2')]);
  expect((await anew.readTimeline('c'))?.marks.map(({ id }) => id)).toEqual(['2']);
}, 120_000);

it('of a process that was killed while it wrote: all it was told is written is there', async () => {
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

/** A small disk of its own in memory; undefined where this user may not make one. */
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

it('on a disk that is read-only, then full, and then not: what was told to be kept is there, once', async ({
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
  await waitFor('refusals', () => writer.refused() > 3, 60_000);
  rmSync(ballast);
  await writer.more(20);
  await writer.kill();
  const store = await open(env);
  const kept = await keptOf(store, writer.acknowledged);
  expect(kept).toEqual(expect.arrayContaining(writer.acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
  await store.closeStore();
}, 120_000);
