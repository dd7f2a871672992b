// The mono font (`num`) is for figures and identifiers alone. A message is words: it has `tabular-nums` where figures in it
// change or stand below each other.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** An element with this class that begins with a message. */
const WORDS = /className="(?:[^"]*\s)?num(?:\s[^"]*)?"[^<>]*>\s*\{t\(/;

const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => path.endsWith('.tsx')),
);

it('no message is in mono', () => {
  expect(files.filter((path) => WORDS.test(readFileSync(path, 'utf8')))).toEqual([]);
});
