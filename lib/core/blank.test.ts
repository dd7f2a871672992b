// What counts as nothing written.
import { expect, it } from 'vitest';
import { isBlank } from '@/lib/core/blank';
import { whisper } from '@/lib/dispatch/signed-whisper';

it.each([
  ...['', ' ', '\n\t\r', '\u00a0', '\u3000', '\u2003\u2009', '\u0085', '\u2028\u2029', '\ufeff'],
  ...['\u200b', '\u200c\u200d', '\u2060', '\u00ad', '\u180e', '\u200e\u200f', '\u202e'],
  ...['\u0000', '\u0007\u001b', '\u007f', '\u2800', '\u3164', '\u115f', '\uffa0', '\ufe0f'],
  ...['\u034f', '\ufffc', '\ud800', '\u{e0020}', ' \u200b\n\u2800 '],
])('%j is blank', (text) => {
  expect(isBlank(text)).toBe(true);
  expect(whisper.safeParse({ text }).success).toBe(false);
});

it.each(['a', ' . ', '0', '?', '\u200ba', '👍', '👩‍👩‍👧', 'שלום', '。', '#', 'é', '\u2801'])(
  '%j is not',
  (text) => expect(isBlank(text)).toBe(false),
);
