// The rules file on a real disk, edited by people and the page.

import fs from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { isProblem } from '@/lib/core/problem';
import { testRule } from '@/lib/testing/rules';
import { testServer } from '@/lib/testing/server';
import type { Rule } from './rule';
import { readRules, rulesPath, saveRules } from './rules-file';

const server = testServer();

let folder: string;
let file: string;
const log = vi.spyOn(console, 'error');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callboard-rules-'));
  file = join(folder, 'rules.json');
  log.mockReset().mockImplementation(() => {});
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rules = (...names: string[]): Rule[] => names.map((name) => testRule({ name }));
const names = () => readRules(server, file).rules.map(({ name }) => name);
const write = (text: string) => writeFile(file, text);
const writeNames = (...list: string[]) => write(JSON.stringify({ rules: rules(...list) }));
function refusal(saving: () => unknown) {
  try {
    saving();
    return 'saved';
  } catch (error) {
    return isProblem(error) ? error.kind : error;
  }
}

it('is in the configured folder', () => {
  expect(rulesPath({ DATA_DIR: 'd' })).toBe(resolve('d/rules.json'));
});

it('has no rules without a file, and reads the file when it changes', async () => {
  expect(readRules(server, file)).toMatchObject({ rules: [], faults: [] });
  await writeNames('a');
  expect(names()).toEqual(['a']);
  await writeNames('b');
  expect(names()).toEqual(['b']);
  const known = readRules(server, file);
  expect(readRules(server, file)).toBe(known);
  await rm(file);
  expect(names()).toEqual([]);
});

it('keeps the saved rules if the file is broken before it is read again', async () => {
  await writeNames('a');
  const { etag } = readRules(server, file);
  const { renameSync } = fs;
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    renameSync(from, to);
    fs.writeFileSync(file, '{');
  });
  syncBuiltinESMExports();
  const saved = saveRules(server, file, rules('a', 'b'), etag);
  vi.mocked(fs.renameSync).mockRestore();
  syncBuiltinESMExports();
  expect(saved.faults).toHaveLength(1);
  expect(names()).toEqual(['a', 'b']);
});

it('keeps the last valid rules if the file is invalid, and logs it once', async () => {
  await writeNames('a');
  expect(names()).toEqual(['a']);
  await write('{\n  "rules": [,]\n}');
  for (let times = 0; times < 3; times++) {
    expect(readRules(server, file)).toMatchObject({
      rules: [{ name: 'a' }],
      faults: [{ line: 2 }],
    });
  }
  expect(log).toHaveBeenCalledOnce();
  expect(log.mock.calls[0]?.[0]).toMatch(/rules\.json.*line 2: a value is missing/);
  await writeNames('c');
  expect(readRules(server, file)).toMatchObject({ rules: [{ name: 'c' }], faults: [] });
});

it('treats an unreadable file as an invalid one', async () => {
  await writeNames('a');
  names();
  await rm(file);
  await symlink(folder, file);
  expect(readRules(server, file)).toMatchObject({ rules: [{ name: 'a' }] });
  expect(readRules(server, file).faults[0]?.detail).toContain('EISDIR');
  expect(log).toHaveBeenCalledOnce();
});

it('saves only changes of the current version', async () => {
  const { etag } = saveRules(server, file, rules('a'), readRules(server, file).etag);
  expect(JSON.parse(await readFile(file, 'utf8')).rules).toEqual(rules('a'));
  expect(refusal(() => saveRules(server, file, rules('b'), '"other"'))).toBe('changed-elsewhere');
  await writeNames('by hand');
  expect(refusal(() => saveRules(server, file, rules('b'), etag))).toBe('changed-elsewhere');
  expect(names()).toEqual(['by hand']);
  saveRules(server, file, rules('b'), readRules(server, file).etag);
  expect(names()).toEqual(['b']);
  expect(await readdir(folder)).toEqual(['rules.json']);
});

it('does not overwrite an invalid file', async () => {
  await write('{');
  expect(refusal(() => saveRules(server, file, rules('b'), readRules(server, file).etag))).toBe(
    'rules-broken',
  );
  expect(await readFile(file, 'utf8')).toBe('{');
});

it('keeps the schema, the mode and symbolic links', async () => {
  const target = join(folder, 'kept.json');
  await writeFile(target, '{"$schema":"./s.json","rules":[]}');
  await chmod(target, 0o640);
  await symlink(target, file);
  const usual = process.umask(0o077);
  onTestFinished(() => void process.umask(usual));
  saveRules(server, file, rules('a'), readRules(server, file).etag);
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect((await lstat(target)).mode & 0o777).toBe(0o640);
  expect(JSON.parse(await readFile(target, 'utf8'))).toMatchObject({ $schema: './s.json' });
});

it('leaves the file unchanged if it cannot be written', async () => {
  await writeNames('a');
  const { etag } = readRules(server, file);
  const below = join(file, 'rules.json');
  expect(refusal(() => saveRules(server, below, rules('b'), readRules(server, below).etag))).toBe(
    'rules-broken',
  );
  expect(readRules(server, file).etag).toBe(etag);
});
