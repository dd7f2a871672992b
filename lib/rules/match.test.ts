import { describe, expect, it } from 'vitest';
import { type Facts, factsOfPerson, matchesPattern, matchesRule } from '@/lib/rules/match';
import { testRule } from '@/lib/rules/testing/rules';

type Given = Parameters<typeof testRule>[0];

const joined: Facts = {
  when: 'participant_joined',
  room: 'support-7',
  metadata: '{"tier":"vip"}',
  attributes: { plan: 'gold-2026', empty: '' },
  kind: 'standard',
};
const started: Facts = { when: 'room_started', room: 'support-7', metadata: 'eu' };

describe('an anonymous visitor', () => {
  const attributes = { 'callboard.anonymous': 'line-check', plan: 'gold-2026' };
  const anonymous: Facts = { ...joined, ...factsOfPerson('{"tier":"vip"}', attributes) };

  it.each<Given>([
    { if: { metadata: '*vip*' } },
    { if: { metadata: '*' } },
    { if: { attributes: { plan: 'gold*' } } },
  ])('chooses nothing that %j asks for', (given) => {
    expect(matchesRule(testRule(given), anonymous)).toBe(false);
  });

  it.each<Given>([
    {},
    { if: { room: 'support-*' } },
    { if: { attributes: { 'callboard.anonymous': '*' } } },
    // Its name of before 0.2.
    { if: { attributes: { 'callboard.stranger': '*' } } },
  ])('is met by %j', (given) => expect(matchesRule(testRule(given), anonymous)).toBe(true));

  it('matches only by what the server set', () => {
    const { metadata, attributes: own } = joined;
    expect(factsOfPerson(metadata ?? '', own ?? {})).toEqual({ metadata, attributes: own });
  });
});

describe('matchesRule', () => {
  it.each<[Given, Facts]>([
    [{}, joined],
    [{ if: { room: 'support-*' } }, joined],
    [{ if: { room: 'support-*', metadata: '*vip*', attributes: { plan: 'gold*' } } }, joined],
    [{ if: { attributes: { empty: '*' } } }, joined],
    [{ if: { kind: ['sip', 'standard'] } }, joined],
    [{ if: { kind: ['agent'] } }, { ...joined, kind: 'agent' }],
    [{}, { ...joined, kind: 'sip' }],
    [{ when: 'room_started' }, started],
    [{ when: 'room_started', if: { room: '*-7', metadata: 'eu' } }, started],
  ])('%j for %j', (given, facts) => expect(matchesRule(testRule(given), facts)).toBe(true));

  it.each<[string, Given, Facts]>([
    ['disabled', { enabled: false }, joined],
    ['another event', { when: 'room_started' }, joined],
    ['another room', { if: { room: 'sales-*' } }, joined],
    ['one of two conditions', { if: { room: 'support-*', metadata: 'vip' } }, joined],
    ['a missing attribute', { if: { attributes: { other: '*' } } }, joined],
    ['a name that every object inherits', { if: { attributes: { constructor: '*' } } }, joined],
    ['another kind', { if: { kind: ['sip'] } }, joined],
    ['an agent, where people are meant', {}, { ...joined, kind: 'agent' }],
    ['a recorder, where people are meant', {}, { ...joined, kind: 'egress' }],
    ['a stream, where people are meant', {}, { ...joined, kind: 'ingress' }],
  ])('not: %s', (_, given, facts) => expect(matchesRule(testRule(given), facts)).toBe(false));
});

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
