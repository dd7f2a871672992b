import { describe, expect, it } from 'vitest';
import { testRule } from '@/lib/testing/rules';
import { type Facts, factsOfPerson, holds } from './match';

type Given = Parameters<typeof testRule>[0];

const joined: Facts = {
  when: 'participant_joined',
  room: 'support-7',
  metadata: '{"tier":"vip"}',
  attributes: { plan: 'gold-2026', empty: '' },
  kind: 'standard',
};
const started: Facts = { when: 'room_started', room: 'support-7', metadata: 'eu' };

describe('a stranger', () => {
  const attributes = { 'callboard.stranger': 'line-check', plan: 'gold-2026' };
  const stranger: Facts = { ...joined, ...factsOfPerson('{"tier":"vip"}', attributes) };

  it.each<Given>([
    { if: { metadata: '*vip*' } },
    { if: { metadata: '*' } },
    { if: { attributes: { plan: 'gold*' } } },
  ])('chooses nothing that %j asks for', (given) => {
    expect(holds(testRule(given), stranger)).toBe(false);
  });

  it.each<Given>([
    {},
    { if: { room: 'support-*' } },
    { if: { attributes: { 'callboard.stranger': '*' } } },
  ])('is met by %j', (given) => expect(holds(testRule(given), stranger)).toBe(true));

  it('is nobody who has signed in', () => {
    const { metadata, attributes: own } = joined;
    expect(factsOfPerson(metadata ?? '', own ?? {})).toEqual({ metadata, attributes: own });
  });
});

describe('holds', () => {
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
  ])('%j for %j', (given, facts) => expect(holds(testRule(given), facts)).toBe(true));

  it.each<[string, Given, Facts]>([
    ['switched off', { enabled: false }, joined],
    ['something else happened', { when: 'room_started' }, joined],
    ['another room', { if: { room: 'sales-*' } }, joined],
    ['one of two', { if: { room: 'support-*', metadata: 'vip' } }, joined],
    ['an attribute that is not there', { if: { attributes: { other: '*' } } }, joined],
    ['a name that every object has', { if: { attributes: { constructor: '*' } } }, joined],
    ['another kind', { if: { kind: ['sip'] } }, joined],
    ['an agent, where people are meant', {}, { ...joined, kind: 'agent' }],
    ['a recorder, where people are meant', {}, { ...joined, kind: 'egress' }],
    ['a stream, where people are meant', {}, { ...joined, kind: 'ingress' }],
  ])('not: %s', (_, given, facts) => expect(holds(testRule(given), facts)).toBe(false));
});
