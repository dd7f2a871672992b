import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { porter } from '@/agent/testing/night-porter';
import { listOf, writtenList } from './agent-list';
import { root } from './environment';

const written = readFileSync(join(root, 'lib/core/agents.gen.ts'), 'utf8');
const namesIn = (text: string) => [...text.matchAll(/"name": "(.+)"/g)].map(([, name]) => name);

async function declared(): Promise<Record<string, unknown>> {
  const names = readdirSync(join(root, 'agent/agents'))
    .filter((file) => !file.includes('.test.') && file !== 'letta.ts')
    .map((file) => file.replace(/\.ts$/, ''));
  const load = async (name: string) =>
    [name, (await import(`../../agent/agents/${name}.ts`)).default.definition] as const;
  return Object.fromEntries(await Promise.all(names.map(load)));
}

it('has what the files in agent/agents/ declare; `npm run setup` writes it', async () => {
  expect(writtenList(listOf(await declared()), written)).toBe(written);
});

it('a new agent comes last, and one whose file is gone is removed', async () => {
  const { billing, ...others } = await declared();
  const before = namesIn(written);
  const text = writtenList(
    listOf({ 'a-porter': { ...porter, name: 'a-porter' }, ...others }),
    written,
  );
  expect(namesIn(text)).toEqual([...before.filter((name) => name !== 'billing'), 'a-porter']);
  expect(text).toContain('"summary": "Breakfast and wake-up calls"');
  expect(text).not.toContain('Breakfast is from');
});

it.each<[string, unknown, string]>([
  ['no-agent', undefined, 'agent/agents/no-agent.ts: the default export must be made by callJob.'],
  [
    'night-porter',
    { ...porter, voice: undefined, deployments: ['Test run'] },
    'agent/agents/night-porter.ts: voice is missing, deployments has an invalid name.',
  ],
  [
    'porter',
    porter,
    'agent/agents/porter.ts: the agent is named night-porter. Give both the same name.',
  ],
])('says what is wrong with %s.ts', (name, definition, message) => {
  expect(() => listOf({ [name]: definition })).toThrow(message);
});
