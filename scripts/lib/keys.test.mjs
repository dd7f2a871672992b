import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localKeys } from './keys.mjs';

let dir;
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
  expect(a.secret).not.toBe(b.secret);
  expect(a.key).not.toBe(b.key);
});

it('never overwrites a file it cannot read', () => {
  const file = join(dir, 'keys.json');
  writeFileSync(file, '{"key":');
  expect(() => localKeys({ DATA_DIR: dir })).toThrow(/keys\.json does not contain/);
  expect(readFileSync(file, 'utf8')).toBe('{"key":');
});
