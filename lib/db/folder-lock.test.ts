// One process per folder, and takeover of the lock of a dead process.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from '@/lib/db/folder-lock';

let place: string;
let folder: string;
let lock: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'callboard-lock-'));
  folder = join(place, 'db');
  lock = `${folder}.lock`;
});
afterEach(() => rmSync(place, { recursive: true }));

const inUse = (words: RegExp) =>
  expect.objectContaining({ kind: 'database-unavailable', detail: expect.stringMatching(words) });
const held = (by: object) => writeFileSync(lock, JSON.stringify({ token: 'x', ...by }));

it('is refused while a process holds it, and free once it is released', async () => {
  const release = await lockFolder(folder);
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
  await expect(lockFolder(folder)).rejects.toEqual(
    inUse(new RegExp(`in use by process ${process.pid}\\..*DATABASE_URL`)),
  );
  release();
  expect(existsSync(lock)).toBe(false);
  (await lockFolder(folder))();
});

it.each([
  ['a process with our process id but another start time', { pid: process.pid, began: '1' }],
  ['a process that no longer exists', { pid: 2 ** 22 + 1, began: '1' }],
])('is taken over from %s', async (_, holder) => {
  held({ ...holder, host: hostname() });
  const release = await lockFolder(folder);
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ host: hostname() });
  release();
});

it('is not taken from another host that still refreshes it', async () => {
  held({ pid: 1, began: '', host: 'elsewhere' });
  await expect(lockFolder(folder)).rejects.toEqual(inUse(/process 1 on elsewhere/));
});
