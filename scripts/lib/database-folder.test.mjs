import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { testFolder } from '@/lib/testing/calls-database';
import { databaseFault, databaseMissing } from './database-folder.mjs';

it('detects a missing folder, and what is wrong with a damaged one', async () => {
  // A copy of a folder created by set-up's program.
  const { env, folder, remove } = await testFolder();
  onTestFinished(remove);
  const server = { ...env, DATABASE_URL: 'postgres://127.0.0.1/x' };
  const missing = { ...env, DATA_DIR: join(folder, 'nowhere') };
  expect([env, missing, { ...missing, ...server }].map(databaseMissing)).toEqual([
    ...[false, true, false],
  ]);

  // The start refuses a damaged folder, and says what is wrong and what to do.
  expect(databaseFault(env)).toBeUndefined();
  const file = (name) => join(env.DATA_DIR, 'db', name);
  const damages = [
    ['pg_wal', () => rmSync(file('pg_wal'), { recursive: true })],
    ['global/pg_control', () => writeFileSync(file('global/pg_control'), 'nonsense')],
    ['PG_VERSION', () => writeFileSync(file('PG_VERSION'), '')],
  ];
  for (const [name, damage] of damages) {
    damage();
    expect(databaseFault(env)).toMatch(new RegExp(`db is damaged: ${name} .*backup`));
  }
  rmSync(file(''), { recursive: true });
  writeFileSync(join(env.DATA_DIR, 'db'), 'no folder');
  expect(databaseFault(env)).toMatch(/backup/);
  expect(databaseFault(server)).toBeUndefined();
});
