// The rules in both kinds of database: imported once from the file of earlier versions, kept, and the same in all processes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharedStateTable } from '@/lib/cluster/shared-state';
import { closeDatabase, withDatabase } from '@/lib/db/database';
import { followRules } from '@/lib/rules/follow';
import type { Rule } from '@/lib/rules/rule';
import { changeRules, loadRules, NO_RULES, rulesInForce } from '@/lib/rules/store';
import { testRule } from '@/lib/rules/testing/rules';
import type { Server } from '@/lib/server';
import { type TestDatabase, testFolder } from '@/lib/testing/calls-database';
import { databases, hasPostgres, postgresDatabase, testDatabase } from '@/lib/testing/databases';
import { testServer } from '@/lib/testing/server';

const leftovers: (() => unknown)[] = [];
const errors = vi.spyOn(console, 'error');
const infos = vi.spyOn(console, 'info');
beforeEach(() => {
  errors.mockReset().mockReturnValue();
  infos.mockReset().mockReturnValue();
});
afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

async function newPlace(make = testDatabase): Promise<TestDatabase> {
  const place = await make();
  leftovers.push(() => place.remove());
  return place;
}
/** A web process that has read the rules. */
async function start({ env }: Pick<TestDatabase, 'env'>): Promise<Server> {
  const server = testServer(env);
  leftovers.push(() => closeDatabase(server));
  leftovers.push(await followRules(server));
  return server;
}
const named = (...names: string[]): Rule[] => names.map((name) => testRule({ name }));
const inForce = (server: Server) => rulesInForce(server).map(({ name }) => name);
const fileIn = ({ folder }: TestDatabase) => join(folder, 'rules.json');
const logged = (log: typeof errors) => log.mock.calls.flat().join('\n');
const changedElsewhere = expect.objectContaining({ kind: 'changed-elsewhere' });

it.each(databases)(
  'imports the file once, and keeps the rules when the process restarts, on %s',
  async (_, make) => {
    const place = await newPlace(make);
    const file = fileIn(place);
    const text = `\uFEFF${JSON.stringify({ $schema: './rules.schema.json', rules: named('old') })}`;
    writeFileSync(file, text);
    const first = await start(place);
    expect(inForce(first)).toEqual(['old']);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(join(place.folder, 'rules.imported.json'), 'utf8')).toBe(text);
    expect(logged(infos)).toContain('rules.imported.json');

    const { etag } = await loadRules(first);
    const saved = await changeRules(first, named('new'), etag);
    await expect(changeRules(first, [], etag)).rejects.toEqual(changedElsewhere);
    await closeDatabase(first);
    // Somebody still edits the file.
    writeFileSync(file, JSON.stringify({ rules: named('late') }));
    const second = await start(place);
    expect(inForce(second)).toEqual(['new']);
    expect(await loadRules(second)).toEqual(saved);
    expect(existsSync(file)).toBe(true);
    expect(logged(errors)).toMatch(/rules\.json was not imported.*already has rules/);
  },
);

it('leaves an invalid file, and says what is wrong', async () => {
  const place = await newPlace();
  const file = fileIn(place);
  const text = JSON.stringify({ rules: named('a') }).replace('front-desk', 'nobody');
  writeFileSync(file, text);
  const server = await start(place);
  expect(inForce(server)).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(logged(errors)).toMatch(/rules\.json was not imported.*rules\/0\/then\/agent must be/);
  await changeRules(server, named('mine'), NO_RULES);
  expect(inForce(server)).toEqual(['mine']);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it('shows a rule whose agent no longer exists, but does not apply it', async () => {
  const place = await newPlace();
  const server = await start(place);
  await changeRules(server, named('gone', 'kept'), NO_RULES);
  const text = JSON.stringify({ rules: named('gone', 'kept') }).replace('front-desk', 'retired');
  await withDatabase(server, (db) => db.update(sharedStateTable).set({ value: { text } }));
  expect((await loadRules(server)).rules).toHaveLength(2);
  expect(inForce(server)).toEqual(['kept']);
  expect(logged(errors)).toMatch(/"gone" is not applied: #\/then\/agent must be one of/);
});

it.each([
  ['{ "rules": [,] }', 'SyntaxError'],
  ['[]', 'The body must be an object'],
  ['{ "rules": [], "rule": [] }', 'rule is not a known field'],
])('says what is wrong with the file %j', async (text, wrong) => {
  const place = await newPlace();
  writeFileSync(fileIn(place), text);
  expect(inForce(await start(place))).toEqual([]);
  expect(logged(errors)).toContain(wrong);
});

it('tries again while the database is unavailable', async () => {
  const place = await newPlace(testFolder);
  const holder = await start(place);
  await changeRules(holder, named('a'), NO_RULES);
  writeFileSync(fileIn(place), JSON.stringify({ rules: named('late') }));
  // A folder has one owner.
  const server = await start(place);
  expect(inForce(server)).toEqual([]);
  expect(logged(errors)).toContain('rules: could not read them; none applies');
  await closeDatabase(holder);
  await expect.poll(() => inForce(server)).toEqual(['a']);
});

describe.skipIf(!hasPostgres)('processes on a server', () => {
  it('have the same rules', async () => {
    const place = await newPlace(postgresDatabase);
    const [one, two] = [await start(place), await start(place)];
    const { etag } = await changeRules(one, named('a'), NO_RULES);
    await expect.poll(() => inForce(two)).toEqual(['a']);
    await expect(changeRules(two, [], NO_RULES)).rejects.toEqual(changedElsewhere);
    await changeRules(two, named('b'), etag);
    await expect.poll(() => inForce(one)).toEqual(['b']);
  });

  it('import one file of several', async () => {
    const place = await newPlace(postgresDatabase);
    const folders = ['a', 'b', 'c'].map((name) => {
      const folder = join(place.folder, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'rules.json'), JSON.stringify({ rules: named(name) }));
      return folder;
    });
    const servers = await Promise.all(
      folders.map((folder) => start({ env: { ...place.env, DATA_DIR: folder } })),
    );
    for (const server of servers) await loadRules(server);
    const [first = ''] = inForce(servers[0] as Server);
    expect(servers.map(inForce)).toEqual([[first], [first], [first]]);
    expect(folders.filter((folder) => existsSync(join(folder, 'rules.json')))).toEqual(
      folders.filter((folder) => !folder.endsWith(first)),
    );
  });

  it('read the text that earlier versions stored', async () => {
    const place = await newPlace(postgresDatabase);
    const text = `${JSON.stringify({ $schema: 'rules.schema.json', rules: named('a') }, null, 2)}\n`;
    const row = { kind: 'rules', key: 'all', value: { text }, changedAt: 1 };
    const earlier = testServer(place.env);
    leftovers.push(() => closeDatabase(earlier));
    await withDatabase(earlier, (db) => db.insert(sharedStateTable).values(row));
    const server = await start(place);
    expect(inForce(server)).toEqual(['a']);
    const { etag } = await loadRules(server);
    await changeRules(server, named('b'), etag);
    expect(inForce(server)).toEqual(['b']);
  });
});
