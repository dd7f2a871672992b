import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue, lettaAgent } from '@/lib/catalogue';
import { LANGUAGES } from '@/lib/language/language';
import { catalogueTexts } from '@/lib/text/catalogue';
import type { AgentDefinition } from '../agent-definition';
import { HANDED_OVER } from '../brains/testing/briefs';
import { StillCall } from '../brains/testing/talk';
import { porter } from '../testing/night-porter';
import { TROUBLES } from '../turn-signals';
import { billing } from './billing';
import { frontDesk } from './front-desk';
import { lettaDefinition } from './letta';
import { lineCheckAgent } from './line-check';

const definitions: Record<string, AgentDefinition> = {
  billing,
  'front-desk': frontDesk,
  letta: lettaDefinition,
  'line-check': lineCheckAgent,
};

test('the catalogue and the files here agree one to one', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter(
    (file) => !file.includes('.test.'),
  );
  const names = [...catalogue, lettaAgent].map(({ name }) => name).sort();
  expect(files.sort()).toEqual(names.map((name) => `${name}.ts`));
  expect(Object.keys(definitions).sort()).toEqual(names);
  for (const [name, definition] of Object.entries(definitions)) expect(definition.name).toBe(name);
});

test.each(catalogue)(
  '$name greets by its name and labels each of its tools',
  ({ name, person }) => {
    const definition = definitions[name];
    for (const language of LANGUAGES) expect(definition?.greeting[language]).toContain(person);
    expect(definition?.instructions).toContain(person);
    const tools = definition?.tools(new StillCall(new Date())) ?? [];
    const names = tools.map((tool) => ('name' in tool ? tool.name : tool.id));
    expect(names.sort()).toEqual(Object.keys(definition?.toolLabels ?? {}).sort());
  },
);

test.each(catalogue)('$name has words for a call that had begun', ({ name, person }) => {
  const greeting = definitions[name]?.greetingFor;
  for (const language of LANGUAGES) {
    expect(greeting?.(HANDED_OVER, language)).toContain(person);
  }
  expect(greeting?.({ kind: 'callback' }, 'en')).toContain("I'm back.");
  expect(greeting?.({ kind: 'callback' }, 'de')).toContain('Da bin ich wieder.');
});

test('a German page has German words for what agents tell it', () => {
  const told = Object.values(definitions).flatMap(({ toolLabels }) => Object.values(toolLabels));
  for (const words of [...told, porter.toolLabels.handOver ?? '', ...TROUBLES]) {
    expect(catalogueTexts.en.toldBy(words)).toBe(words);
    expect(catalogueTexts.de.toldBy(words)).not.toBe(words);
  }
  // Of a tool that somebody added there is only what it is called.
  expect(catalogueTexts.de.toldBy('Set a wake-up call')).toBe('Set a wake-up call');
});

test('a language model gets the facts', () => {
  expect(definitions['front-desk']?.instructions).toMatch(/Doctor Osei, doctor: .*Saturday/);
  expect(definitions['front-desk']?.instructions).toContain('14 Willow Street');
  expect(definitions.billing?.instructions).toMatch(/by card at the desk.*\n.*30 days/);
  expect(definitions.billing?.instructions).toContain('Price of a blood test: 45 dollars');
});
