// Other users of the machine read nothing of what the product stores, whatever umask it is started with, also in an
// installation of an earlier version.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { book } from '@/agent/practice/diary';
import { EventDelivery } from '@/lib/calls/delivery/event-delivery';
import { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { CallEvent } from '@/lib/calls/event';
import { protectFiles, protectSecrets } from '@/lib/core/private-files';
import { openFolder } from '@/lib/db/open-folder';
import { copyTemplate } from '@/lib/testing/folder-template';
import { canBeNobody, openToNobody, openToOthers } from '@/lib/testing/other-user';
import { localKeys } from '@/scripts/lib/local-data';
import { lineKeeper } from '@/scripts/lib/log-lines';

/** A folder that everybody can enter, and the data folder in it. */
let place: string;
let data: string;
const usual = process.umask();
/** An upper bound for creating a database on a busy machine. */
const CREATION_MS = 180_000;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'callboard-private-'));
  chmodSync(place, 0o755);
  data = join(place, 'data');
  vi.stubEnv('DATA_DIR', data);
  // Nothing may depend on what the shell has set.
  process.umask(0);
});
afterEach(() => {
  process.umask(usual);
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

const event: CallEvent = {
  ...{ id: '1', call: 'c', room: 'r', source: 'web', at: Date.now() },
  what: { kind: 'room_started' },
};

/** Writes everything as the parts of the product do. @param prepare puts a database there; a missing one is created */
async function writeAll(prepare: (data: string) => unknown): Promise<void> {
  localKeys({ DATA_DIR: data });
  await prepare(data);
  protectFiles(data);
  await (await openFolder(join(data, 'db'))).close();
  const writer = new EventWriter(join(data, 'events', 'web'), 'web');
  const delivery = new EventDelivery(writer, async () => 'refused', vi.fn(), 1);
  writer.add(event);
  // It is refused, and so set aside.
  const names = () => readdirSync(writer.folder);
  await vi.waitFor(() => expect(names().join()).toContain('.rejected'));
  writer.add(event);
  await delivery.stop();
  lineKeeper(join(data, 'logs', 'livekit.log'))('a line');
  const call = { deployment: 'production', id: () => 'c', now: () => new Date() };
  const slot = { day: '2026-11-20', time: '10:00', service: 'check-up', name: 'Anna Hale' };
  book(call as unknown as Parameters<typeof book>[0], slot);
}

const stored = () => readdirSync(data).sort();
const ALL = ['db', 'diary', 'events', 'keys.json', 'logs'];

test(
  'what the product writes is private, whatever the umask of its shell',
  async () => {
    await writeAll(() => undefined);
    expect(stored()).toEqual(ALL);
    expect(openToOthers(data)).toEqual([]);
    // Only root can become another user.
    if (!canBeNobody) return;
    expect(openToNobody(place)).toContain(place);
    expect(openToNobody(data)).toEqual([]);
    chmodSync(data, 0o777);
    expect(openToNobody(data)).toEqual([data]);
  },
  CREATION_MS,
);

test('a start corrects what earlier versions wrote, and leaves the permissions of recordings', async () => {
  await writeAll(copyTemplate);
  process.umask(0);
  mkdirSync(join(data, 'recordings'), { mode: 0o770 });
  const open = (path: string) => {
    const stat = statSync(path);
    chmodSync(path, stat.isDirectory() ? 0o755 : 0o666);
    if (stat.isDirectory()) for (const name of readdirSync(path)) open(join(path, name));
  };
  // Earlier versions kept the rules in a file.
  writeFileSync(join(data, 'rules.json'), '');
  for (const name of [...ALL, 'rules.json']) open(join(data, name));
  chmodSync(data, 0o755);
  // Another user's file is not made private, nor is one outside to which a link leads.
  const outside = join(place, 'outside');
  writeFileSync(outside, '', { mode: 0o644 });
  symlinkSync(outside, join(data, 'events', 'link'));

  protectFiles(data);
  expect(openToOthers(data, ['recordings'])).toEqual([]);
  expect(statSync(join(data, 'recordings')).mode & 0o777).toBe(0o770);
  expect(statSync(outside).mode & 0o777).toBe(0o644);

  // A folder that all users share stays open, and what is in it does not.
  chmodSync(data, 0o1777);
  protectFiles(data);
  expect(statSync(data).mode & 0o7777).toBe(0o1777);
  expect(openToOthers(data, ['recordings'])).toEqual([data]);
});

test('settings that everybody can read become private; those for a group stay', () => {
  const file = join(place, '.env');
  for (const [before, after] of [
    [0o644, 0o600],
    [0o666, 0o600],
    [0o640, 0o640],
    [0o600, 0o600],
  ] as const) {
    writeFileSync(file, 'AUTH_SECRET=x');
    chmodSync(file, before);
    protectSecrets(file);
    expect(statSync(file).mode & 0o777).toBe(after);
  }
});

test('a data folder that is a link, or does not exist', () => {
  mkdirSync(join(place, 'elsewhere'), { mode: 0o755 });
  symlinkSync('elsewhere', data);
  protectFiles(data);
  expect(statSync(join(place, 'elsewhere')).mode & 0o777).toBe(0o700);
  expect(() => protectFiles(join(place, 'nowhere'))).not.toThrow();
});

// Another user could create such a file or folder first.
test('commands leave nothing in the folder for temporary files', () => {
  const env = { ...process.env, TMPDIR: place };
  execFileSync(process.execPath, ['scripts/run.mjs', 'doctor', '--help'], { env });
  expect(readdirSync(place)).toEqual([]);
});
