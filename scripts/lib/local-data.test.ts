import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { testFolder } from '@/lib/testing/calls-database';
import { databaseFault, databaseMissing, localKeys } from '@/scripts/lib/local-data';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callboard-keys-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('creates keys once, readable by their owner only', () => {
  const env = { DATA_DIR: join(dir, 'data') };
  const keys = localKeys(env);
  const file = join(dir, 'data/keys.json');
  expect(keys.key).toMatch(/^API\w+$/);
  expect(Buffer.from(keys.secret, 'base64url')).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(localKeys(env)).toEqual(keys);
  expect(readdirSync(join(dir, 'data'))).toEqual(['keys.json']);
});

it('creates different keys for another clone', () => {
  const [a, b] = ['a', 'b'].map((name) => localKeys({ DATA_DIR: join(dir, name) }));
  expect(a?.secret).not.toBe(b?.secret);
  expect(a?.key).not.toBe(b?.key);
});

it('never overwrites a file it cannot read', () => {
  const file = join(dir, 'keys.json');
  writeFileSync(file, '{"key":');
  expect(() => localKeys({ DATA_DIR: dir })).toThrow(/keys\.json does not contain/);
  expect(readFileSync(file, 'utf8')).toBe('{"key":');
});

it.each(['a-file', 'a-file/data'])('says that the folder cannot be written to: %s', (name) => {
  writeFileSync(join(dir, 'a-file'), '');
  const folder = join(dir, name);
  const words = new RegExp(
    `^The data folder ${folder} cannot be written to: E[A-Z]+\\. .*DATA_DIR`,
  );
  expect(() => localKeys({ DATA_DIR: folder })).toThrow(words);
});

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
  const file = (name: string) => join(env.DATA_DIR ?? '', 'db', name);
  const damages: [string, () => void][] = [
    ['pg_wal', () => rmSync(file('pg_wal'), { recursive: true })],
    ['global/pg_control', () => writeFileSync(file('global/pg_control'), 'nonsense')],
    ['PG_VERSION', () => writeFileSync(file('PG_VERSION'), '')],
  ];
  for (const [name, damage] of damages) {
    damage();
    expect(databaseFault(env)).toMatch(new RegExp(`db is damaged: ${name} .*backup`));
  }
  rmSync(file(''), { recursive: true });
  writeFileSync(join(env.DATA_DIR ?? '', 'db'), 'no folder');
  expect(databaseFault(env)).toMatch(/backup/);
  expect(databaseFault(server)).toBeUndefined();
});
