import { describe, expect, it } from 'vitest';
import { matchesPattern } from './pattern';

describe('matchesPattern', () => {
  it.each([
    ['support', 'support'],
    ['*', ''],
    ['*', 'anything'],
    ['support-*', 'support-'],
    ['support-*', 'support-7'],
    ['*vip*', '{"plan":"vip"}'],
    ['*vip', 'not vip, but vip'],
    ['a*b*c', 'abc'],
    ['a*b*c', 'a-b-b-c'],
    ['a**c', 'ac'],
    ['a*aba', 'aaba'],
    ['.*', '.x'],
    ['[a-z]+', '[a-z]+'],
    ['*\n*', 'two\nlines'],
  ])('%j fits %j', (pattern, text) => expect(matchesPattern(pattern, text)).toBe(true));

  it.each([
    ['support', 'Support'],
    ['support', 'support-7'],
    ['support-*', 'support'],
    ['ab*ba', 'aba'],
    ['a*b*c', 'acb'],
    ['a*bb*b', 'abb'],
    ['.*', 'x'],
    ['', 'x'],
  ])('%j does not fit %j', (pattern, text) => expect(matchesPattern(pattern, text)).toBe(false));

  it('is fast where a regular expression is exponential', () => {
    const pattern = `${'a*'.repeat(127)}b`;
    expect(matchesPattern(pattern, 'a'.repeat(500_000))).toBe(false);
  });
});
