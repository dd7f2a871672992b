// How text is split into sentences, and what is not spoken at all.
import { expect, test } from 'vitest';
import { plainLetters, sentences, speakable } from './sentences';

test.each([
  ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
  ['Dr. Smith is in. Mrs. Jones is not.', ['Dr. Smith is in.', 'Mrs. Jones is not.']],
  ['It costs 3.50 pounds.', ['It costs 3.50 pounds.']],
  ['... ! ?', []],
])('%s', (text, expected) => {
  expect(sentences(text)).toEqual(expected);
});

test('a very long sentence is split at a comma, otherwise between words, and nothing is lost', () => {
  const withComma = `${'word '.repeat(20)}end, ${'more '.repeat(30)}end.`;
  expect(sentences(withComma)[0]).toMatch(/end,$/);
  const parts = sentences('word '.repeat(100));
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(160);
  expect(parts.join(' ')).toBe('word '.repeat(100).trim());
  expect(sentences('a'.repeat(400)).join('')).toBe('a'.repeat(400));
});

test.each([
  ['**Bold** and `code`', 'Bold and code'],
  ['See [our page](https://example.org).', 'See our page.'],
  ['Nice 👍🏽 day', 'Nice day'],
  ['nine – five', 'nine, five'],
  ['It’s “fine”', "It's fine"],
  ['9–5, Mon–Fri', '9-5, Mon-Fri'],
  ['½ of #5', '1/2 of #5'],
  ['# A title', 'A title'],
])('%s is read as %s', (text, expected) => {
  expect(speakable(text).replace(/ +/g, ' ')).toBe(expected);
});

test('letters the voice does not know become plain ones', () => {
  expect(plainLetters('A café in Zürich')).toBe('A cafe in Zurich');
});
