import { expect, test } from 'vitest';
import { withoutEscapes } from '@/lib/core/escapes';

test.each([
  ['Rate limit reached.\\nTry again.', 'Rate limit reached. Try again.'],
  ['twice \\\\n escaped \\r\\n\\tand more\\n', 'twice escaped and more'],
  [String.raw`{"error":"say \"hello\""}`, '{"error":"say "hello""}'],
  ['two\nlines', 'two\nlines'],
  [String.raw`ENOENT C:\new\tools`, String.raw`ENOENT C:\new\tools`],
])('%j reads %j', (text, read) => {
  expect(withoutEscapes(text)).toBe(read);
});
