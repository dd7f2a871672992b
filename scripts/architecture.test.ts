// The tables of docs/architecture.md name every folder, in the order of its layers, which lint enforces.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const page = readFileSync('docs/architecture.md', 'utf8');
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly {
    readonly name: string;
    readonly from: { readonly path?: string };
  }[];
};

/** The folders of each layer in the lint configuration, lowest first. */
const layersOf = (root: string) =>
  forbidden
    .filter(({ name }) => name.startsWith(`layer-of-${root}-`))
    .map(({ from }) => from.path?.match(/\((.*)\)/)?.[1]?.split('|') ?? []);

/** The folders that the table of a section names, in its order. */
function tableOf(root: string): string[] {
  const section = page.split(`## Layers of ${root}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'));
  return rows.flatMap((row) => [...row.matchAll(/`([\w-]+)\/`/g)].map(([, name = '']) => name));
}

const foldersIn = (root: string) =>
  readdirSync(root, { withFileTypes: true })
    .filter((one) => one.isDirectory() && one.name !== 'testing')
    .map(({ name }) => name)
    .sort();

it.each(['lib', 'agent', 'components'])(
  'names each folder of %s, in the order of the layers',
  (root) => {
    const named = tableOf(root);
    expect([...new Set(named)].sort()).toEqual(foldersIn(root));
    const layers = layersOf(root);
    const first = [...new Set(named)].filter((name) => name !== 'messages');
    const levels = first.map((name) => layers.findIndex((folders) => folders.includes(name)));
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
  },
);

it('the composition root is the one place that keeps state on the process', () => {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test\.ts$|testing\//.test(file),
  );
  const keeping = sources.filter((file) =>
    /\bglobalThis\b/.test(
      readFileSync(`lib/${file}`, 'utf8').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, ''),
    ),
  );
  expect(keeping).toEqual(['server.ts']);
});

/** Files that have a line of a feature, beside the list of features. */
const LINES: Readonly<Record<string, string>> = {
  letta: 'agent/models/models.ts',
  insights: 'scripts/bench/calls.ts',
};

/** The folders of each feature, from its table. */
const FEATURES = (page.split('\n## Features\n')[1]?.split('\n## ')[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| feature |'))
  .map((row) => {
    const [, name = '', folders = ''] = row.split('|').map((cell) => cell.trim());
    const named = [...folders.matchAll(/`([^`]+)`/g)].map(([, folder = '']) => folder);
    return { name, folders: named.filter((folder) => !Object.values(LINES).includes(folder)) };
  });

/** Where sources are, without tests. */
const SOURCES = ['agent', 'app', 'components', 'lib', 'scripts', 'simulations'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|(^|\/)testing\/|\.gen\./.test(file))
    .map((file) => `${root}/${file}`),
);

/** The files that a source imports, as paths from the root without extension. */
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(@\/|\.\.?\/)([^']+)'/g)].map(
    ([, start = '', path = '']) => (start === '@/' ? path : join(dirname(file), start, path)),
  );

it.each(FEATURES)('$name is known to its folders and its line only', ({ name, folders }) => {
  const isOwn = (path: string) =>
    folders.some((own) =>
      own.endsWith('/') ? path.startsWith(own) : [path, `${path}.ts`].includes(own),
    );
  expect(folders.filter((folder) => !SOURCES.some((file) => file.startsWith(folder)))).toEqual([]);
  const known = SOURCES.filter((file) => !isOwn(file) && importsOf(file).some(isOwn));
  const list = name === 'embed' ? [] : ['lib/features.ts'];
  expect(known).toEqual([...list, ...[LINES[name] ?? []].flat()].sort());
});

it('the list of features is that of the table', () => {
  const listed = [...readFileSync('lib/features.ts', 'utf8').matchAll(/export \{ (\w+) \}/g)];
  expect(listed.map(([, name]) => name)).toEqual(
    FEATURES.map(({ name }) => name).filter((name) => name !== 'embed'),
  );
});
