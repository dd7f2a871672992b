// German messages compared with the English ones: none is left in English, and none drops an argument. The types
// check that none is missing.
import { expect, it } from 'vitest';
import { ALL, type Made, made, textsOf, WORDS } from '@/lib/messages/testing/all-messages';

/** The same in both languages: terms of the field, and words that both have. */
const SAME = new Set([
  ...['Callboard', 'Agent', 'Deployment', 'Server', 'Room', 'Token', 'Dispatch', 'Worker'],
  ...[
    'Deployments',
    'Webhooks',
    'Ports',
    'LiveKit',
    'Letta',
    'Staging',
    'WebVTT',
    'JSON',
    'Text',
    'Name',
  ],
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
/** False for punctuation and numbers. */
const hasWords = (text: string) => /\p{L}{2}/u.test(text);
/** Messages that take a code and put it into words. */
const OF_CODES = new Set(['agents.agentsText.window.last', 'why.evidenceText.personJoined']);
/** Codes, and the sentence for the English speech models. */
const isCode = (path: string) => /\.(state|page)$|speech\.sentence$/.test(path);

it.each(Object.entries(ALL))('%s: every message is translated', (name, { en, de }) => {
  const german = new Map(textsOf(de, name));
  const left = textsOf(en, name)
    .filter(([path, text]) => hasWords(text) && !isCode(path) && !SAME.has(text.trim()))
    .filter(([path, text]) => german.get(path) === text);
  expect(left).toEqual([]);
});

function functionsOf(value: unknown, path: string): [string, Made][] {
  if (typeof value === 'function') return [[path, value as Made]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => functionsOf(one, `${path}.${name}`));
}

it.each(Object.entries(ALL))('%s: every German message uses its arguments', (name, { en, de }) => {
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
