// The pictures of the docs show what the pages say. `npm run pictures` takes all of them, and writes their texts beside them:
// a text that is no message any more was changed since. `isPictured` in the browser tests finds what was added.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messagesOf, NAMESPACES } from '@/lib/messages/testing/all-messages';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const filesIn = (folder: string) => readdirSync(new URL(folder, root)).sort();

const FOLDER = 'docs/pictures/';
const files = filesIn(FOLDER);
const pictures = files.filter((name) => name.endsWith('.png'));

test('every picture in the docs is one of docs/pictures, and each of those is in the docs', () => {
  const pages = [
    ...filesIn('./').filter((name) => name.endsWith('.md')),
    ...filesIn('docs/').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ];
  const shown = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)\s]+\.(?:png|jpe?g|gif|webp|svg))\)/g)].map(
      ([, path = '']) => (page.startsWith('docs/') ? `docs/${path}` : path),
    ),
  );
  expect([...new Set(shown)].sort()).toEqual(pictures.map((name) => FOLDER + name));
});

test('npm run pictures takes every picture', () => {
  const scripts = filesIn('e2e/pictures/').map((name) => read(`e2e/pictures/${name}`));
  const isTaken = (name: string) => scripts.some((text) => text.includes(`'${name}'`));
  expect(pictures.filter((name) => !isTaken(name.replace('.png', '')))).toEqual([]);
});

const messages = new Set(
  NAMESPACES.flatMap((name) => messagesOf('en', name)).map(([, message]) => message),
);

test.each(pictures)('%s shows what its page says: else npm run pictures', (picture) => {
  const texts = picture.replace('.png', '.txt');
  expect(files).toContain(texts);
  const shown = read(FOLDER + texts)
    .trim()
    .split('\n');
  expect(shown.filter((text) => !messages.has(text))).toEqual([]);
});
