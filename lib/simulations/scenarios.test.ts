// The included scenarios are valid, and errors name their place. After a
// change of the schema, run npx vitest run lib/simulations/scenarios.test.ts --update
import { expect, it } from 'vitest';
import { z } from 'zod';
import { findAgent } from '@/lib/core/catalogue';
import {
  parseScenario,
  readScenarios,
  scenario,
  selectScenarios,
} from '@/lib/simulations/scenarios';

const all = readScenarios();

it('uses agents of the catalogue', () => {
  // Yours are among them, in folders of your own.
  expect(all.map(({ group }) => group)).toEqual(
    expect.arrayContaining(['basic', 'thorough', 'provoking']),
  );
  for (const { name, agent } of all) expect(findAgent(agent), name).toBeDefined();
});

it('keeps scenario.schema.json up to date', async () => {
  const schema = z.toJSONSchema(scenario, { io: 'input' });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../simulations/scenarios/scenario.schema.json',
  );
});

const written = (talk: string) =>
  `// A comment\n{\n  "title": "Asks",\n  "agent": "front-desk",\n  "talk": [${talk}]\n}\n`;

it('applies defaults', () => {
  const { caller, name, group } = parseScenario(written('{ "say": "Hi" }'), 'mine/asks.jsonc');
  expect({ name, group }).toEqual({ name: 'asks', group: 'mine' });
  expect(caller).toMatchObject({ voice: 'rms', speed: 1, atOnce: false });
});

it('takes any outcome, as agents declare them', () => {
  const text =
    '{ "title": "A", "agent": "b", "talk": [{ "say": "Hi" }], "outcome": "wake-up call" }';
  expect(parseScenario(text, 'mine/wake-up.jsonc').outcome).toBe('wake-up call');
});

it.each([
  ['{ "say": "Hi", "heer": ["Hello"] }', /asks\.jsonc, line 5: talk\.0\.heer/],
  ['{ "never": ["Hello"] }', /line 5: talk\.0: must say, wait/],
  ['{ "say": "Hi" ', /line \d: /],
])('%s is reported with its line', (talk, message) => {
  expect(() => parseScenario(written(talk), 'mine/asks.jsonc')).toThrow(message);
});

it('selects by name and folder, and lists valid names', () => {
  const names = selectScenarios(all, ['address', 'thorough']).map(({ name }) => name);
  expect(names).toContain('address');
  expect(names).toHaveLength(1 + all.filter(({ group }) => group === 'thorough').length);
  expect(() => selectScenarios(all, ['adress'])).toThrow(/Valid names: .*\baddress, /);
});

const goal = (more: string) =>
  `{\n  "title": "Books",\n  "agent": "front-desk",\n  "goal": { "wants": "A day." }${more}\n}\n`;

it('requires either lines or a goal', () => {
  expect(parseScenario(goal(''), 'mine/books.jsonc')).toMatchObject({
    goal: { wants: 'A day.', lines: 10 },
    talk: [],
  });
  const both = goal(',\n  "talk": [{ "say": "Hi" }]');
  expect(() => parseScenario(both, 'mine/books.jsonc')).toThrow('line 1: must have either talk');
  const neither = '{ "title": "Nothing", "agent": "front-desk" }';
  expect(() => parseScenario(neither, 'mine/n.jsonc')).toThrow('must have either talk');
});

it('reads a folder and its subfolders, and reports missing files', () => {
  const groups = new Set(readScenarios('simulations/scenarios/basic').map(({ group }) => group));
  expect([...groups]).toEqual(['basic']);
  expect(() => readScenarios('simulations/scenarios/none')).toThrow(
    'The folder simulations/scenarios/none does not exist.',
  );
  expect(() => readScenarios('docs')).toThrow('docs has no scenario (*.jsonc).');
});
