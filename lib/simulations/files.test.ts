// The rehearsals that come along are in order, and what is wrong in one is told with its place. After a
// change of what they may hold: npx vitest run lib/simulations/files.test.ts --update
import { expect, it } from 'vitest';
import { z } from 'zod';
import { findAgent } from '@/lib/core/catalogue';
import { chosenRehearsals, parseRehearsal, readRehearsals } from './files';
import { rehearsal } from './rehearsal';

const all = readRehearsals();

it('each is of an agent of the catalogue', () => {
  expect(new Set(all.map(({ group }) => group))).toEqual(
    new Set(['basic', 'thorough', 'provoking']),
  );
  for (const { name, agent } of all) expect(findAgent(agent), name).toBeDefined();
});

it('rehearsal.schema.json is in step with what is read', async () => {
  const schema = z.toJSONSchema(rehearsal, { io: 'input' });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../rehearsals/rehearsal.schema.json',
  );
});

const written = (talk: string) =>
  `// A comment\n{\n  "title": "Asks",\n  "agent": "front-desk",\n  "talk": [${talk}]\n}\n`;

it('fills in what is left out', () => {
  const { caller, name, group } = parseRehearsal(written('{ "say": "Hi" }'), 'mine/asks.jsonc');
  expect({ name, group }).toEqual({ name: 'asks', group: 'mine' });
  expect(caller).toMatchObject({ voice: 'rms', speed: 1, atOnce: false });
});

it.each([
  ['{ "say": "Hi", "heer": ["Hello"] }', /asks\.jsonc, line 5: talk\.0\.heer/],
  ['{ "never": ["Hello"] }', /line 5: talk\.0: must say, wait/],
  ['{ "say": "Hi" ', /line \d: /],
])('%s is told with its place', (talk, message) => {
  expect(() => parseRehearsal(written(talk), 'mine/asks.jsonc')).toThrow(message);
});

it('chooses by name and by folder, and tells the names there are', () => {
  const names = chosenRehearsals(all, ['address', 'thorough']).map(({ name }) => name);
  expect(names).toContain('address');
  expect(names).toHaveLength(1 + all.filter(({ group }) => group === 'thorough').length);
  expect(() => chosenRehearsals(all, ['adress'])).toThrow('There are: address, ');
});

const goal = (more: string) =>
  `{\n  "title": "Books",\n  "agent": "front-desk",\n  "goal": { "wants": "A day." }${more}\n}\n`;

it('a caller has lines or a goal, not both and not neither', () => {
  expect(parseRehearsal(goal(''), 'mine/books.jsonc')).toMatchObject({
    goal: { wants: 'A day.', lines: 10 },
    talk: [],
  });
  const both = goal(',\n  "talk": [{ "say": "Hi" }]');
  expect(() => parseRehearsal(both, 'mine/books.jsonc')).toThrow('line 1: must have either talk');
  const neither = '{ "title": "Nothing", "agent": "front-desk" }';
  expect(() => parseRehearsal(neither, 'mine/n.jsonc')).toThrow('must have either talk');
});

it('reads a folder of files, and folders in it, and says where there is nothing', () => {
  const groups = new Set(readRehearsals('rehearsals/basic').map(({ group }) => group));
  expect([...groups]).toEqual(['basic']);
  expect(() => readRehearsals('rehearsals/none')).toThrow('There is no folder rehearsals/none.');
  expect(() => readRehearsals('docs')).toThrow('No rehearsal (*.jsonc) is in docs.');
});
