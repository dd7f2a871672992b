import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { databaseFault, databaseMissing, makeDatabase } from './database-folder.mjs';

const folder = mkdtempSync(join(tmpdir(), 'callboard-made-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes the folder once, and not where a server is used', async () => {
  const env = { DATA_DIR: join(folder, 'data') };
  expect(databaseMissing({ ...env, DATABASE_URL: 'postgres://127.0.0.1/x' })).toBe(false);
  expect(databaseMissing(env)).toBe(true);
  await makeDatabase(env);
  expect(databaseMissing(env)).toBe(false);
  // Nothing is left beside it.
  expect(readdirSync(env.DATA_DIR)).toEqual(['db']);
  expect(readdirSync(join(env.DATA_DIR, 'db'))).toContain('PG_VERSION');

  // The start refuses one that is damaged, and says which and what to do.
  expect(databaseFault(env)).toBeUndefined();
  const file = (name) => join(env.DATA_DIR, 'db', name);
  const damages = [
    ['pg_wal', () => rmSync(file('pg_wal'), { recursive: true })],
    ['global/pg_control', () => writeFileSync(file('global/pg_control'), 'nonsense')],
    ['PG_VERSION', () => writeFileSync(file('PG_VERSION'), '')],
  ];
  for (const [name, damage] of damages) {
    damage();
    expect(databaseFault(env)).toMatch(new RegExp(`data/db is damaged: ${name} .*backup`));
  }
  rmSync(file(''), { recursive: true });
  writeFileSync(join(env.DATA_DIR, 'db'), 'no folder');
  expect(databaseFault(env)).toMatch(/backup/);
  expect(databaseFault({ ...env, DATABASE_URL: 'postgres://127.0.0.1/x' })).toBeUndefined();
}, 60_000);
