// What an earlier process left in the folder of uploads.
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Problem } from '@/lib/core/problem';
import { Spool } from '@/lib/insights/spool';

const folder = mkdtempSync(join(tmpdir(), 'callboard-spool-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HOURS_AGO = new Date(Date.now() - 3 * 3_600_000);

it('old files of no upload are deleted, and recordings of uploads that wait are not', async () => {
  const write = (name: string, at = HOURS_AGO) => {
    writeFileSync(join(folder, name), '{}');
    utimesSync(join(folder, name), at, at);
  };
  for (const name of ['a.json', 'a.ogg', 'b.ogg', 'c.ogg.part', 'd.json.part']) write(name);
  write('e.ogg', new Date());
  const away = () => Promise.reject(new Problem('database-unavailable', 'away'));
  const stop = new Spool(folder, away).start();
  await stop();
  expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.ogg', 'e.ogg']);
});
