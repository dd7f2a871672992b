// The German texts beside the English ones: nothing was left as it was, and nothing is made of what is
// not there. That none is missing the types say.
import { expect, it } from 'vitest';
import { ALL, type Made, made, textsOf, WORDS } from './testing/all-texts';

/** The same in both languages, because the field says them so, or because both have the word. */
const SAME = new Set([
  ...['Callboard', 'Agent', 'Deployment', 'Server', 'Room', 'Token', 'Dispatch', 'Worker'],
  ...['Webhooks', 'Ports', 'LiveKit', 'Letta', 'Staging', 'WebVTT', 'JSON', 'Text', 'Name'],
  ...[
    'Messenger',
    'Stream',
    'System',
    'Filter',
    'Median',
    '20 s',
    '95 %',
    'min',
    'Passkey',
    'Passkeys',
    'PostgreSQL',
  ],
  ...['Simulation', 'callboard--.txt'],
]);
/** Words that say nothing in any language. */
const hasWords = (text: string) => /\p{L}{2}/u.test(text);
/** Texts that take a code and say it in words. */
const OF_CODES = new Set(['agents.agentsText.window.last', 'evidence.evidenceText.personJoined']);
/** Codes by which programs tell texts apart, and what is spoken to English ears. */
const isCode = (path: string) => /\.(state|page)$|speech\.sentence$/.test(path);

it.each(Object.entries(ALL))(
  '%s has nothing in German that is still English',
  (name, { en, de }) => {
    const german = new Map(textsOf(de, name));
    const left = textsOf(en, name)
      .filter(([path, text]) => hasWords(text) && !isCode(path) && !SAME.has(text.trim()))
      .filter(([path, text]) => german.get(path) === text);
    expect(left).toEqual([]);
  },
);

function functionsOf(value: unknown, path: string): [string, Made][] {
  if (typeof value === 'function') return [[path, value as Made]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => functionsOf(one, `${path}.${name}`));
}

it.each(Object.entries(ALL))('%s says in German what it was given', (name, { en, de }) => {
  const german = new Map(functionsOf(de, name));
  const lost = functionsOf(en, name).flatMap(([path, text]) => {
    const said = made(text);
    const other = german.get(path);
    if (said === undefined || !other || OF_CODES.has(path)) return [];
    const there = made(other) ?? '';
    return WORDS.filter((word) => said.includes(word) && !there.includes(word)).map(
      (word) => `${path}: ${word} in “${said}”, not in “${there}”`,
    );
  });
  expect(lost).toEqual([]);
});
