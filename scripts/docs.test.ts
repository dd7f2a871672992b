// The examples of the docs are what the product reads.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OPERATIONS } from '@/app/api/openapi.json/document';
import { parseRules } from '@/lib/rules/parse-rules';
import { parseScenario } from '@/lib/simulations/scenarios';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const blocks = (page: string, language: string) =>
  [...read(`docs/${page}`).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, block = '']) => block,
  );

test('the scenarios of docs/simulations.md are valid, and the first one is a file', () => {
  const shown = blocks('simulations.md', 'jsonc');
  expect(shown).toHaveLength(2);
  for (const text of shown) expect(() => parseScenario(text, 'docs/simulations.md')).not.toThrow();
  expect(shown[0]).toBe(read('simulations/scenarios/thorough/message.jsonc'));
});

test('the rules of docs/dispatch.md are valid', () => {
  const shown = blocks('dispatch.md', 'json');
  expect(shown).toHaveLength(1);
  expect(shown.map(parseRules)).toEqual([{ rules: [expect.anything(), expect.anything()] }]);
});

test('requests of the docs are those of the API', () => {
  const pages = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
  const shown = pages
    .flatMap((page) => blocks(page, 'sh'))
    .join('')
    .replace(/\\\n */g, '');
  const requests = shown.split('\n').filter((line) => line.startsWith('curl '));
  expect(requests.length).toBeGreaterThan(50);
  for (const text of requests) {
    const path = /"\$CALLBOARD([^"]+)"/.exec(text)?.[1] ?? '';
    const sent = / -d '(.*)'/.exec(text)?.[1];
    const method = /-X (\w+)/.exec(text)?.[1] ?? (sent === undefined ? 'GET' : 'POST');
    const operation = Object.entries(OPERATIONS).find(
      ([name]) =>
        name.startsWith(`${method} `) &&
        new RegExp(`^${name.split(' ')[1]?.replace(/\[[^/]+\]/g, '[^/]+')}(\\?|$)`).test(path),
    );
    expect(operation, text).toBeDefined();
    const schema = operation?.[1].body?.schema;
    if (sent !== undefined) expect(() => schema?.parse(JSON.parse(sent)), text).not.toThrow();
  }
});

test('docs/doctor.md quotes what the product says', () => {
  const folders = ['scripts/', 'scripts/lib/', 'lib/messages/en/', 'lib/core/', 'lib/db/'];
  const said = folders
    .flatMap((folder) =>
      readdirSync(new URL(folder, root))
        .filter((name) => /(?<!\.test)\.(ts|mjs)$/.test(name))
        .map((name) => read(folder + name)),
    )
    .join('\n');
  const [, table = ''] = read('docs/doctor.md').split('## When something fails');
  const quoted = [...table.matchAll(/(?<!\w)_([^_|`]{8,})_(?!\w)/g)].map(([, text = '']) => text);
  expect(quoted.length).toBeGreaterThan(8);
  // Left out are names and values: "Language model …", "Ada is not on the line yet", the character in a path.
  const words = quoted.flatMap((text) => text.split(/ ?… ?|^Ada | "#"/)).filter(Boolean);
  expect(words.filter((text) => !said.includes(text))).toEqual([]);
});
