// The caller's language, and that every dispatch of the call has it.
import { describe, expect, test } from 'vitest';
import { asTag, callerLanguage, readLanguage, writeLanguage } from '@/lib/dispatch/caller-language';
import { readLetta, writeLetta } from '@/lib/dispatch/letta-choice';
import { keepCall } from '@/lib/dispatch/send-agent';
import { CALLBACK } from '@/lib/livekit/attributes';

test.each([
  [{}, 'en'],
  [{ 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }, 'de-AT'],
  [{ 'accept-language': 'en;q=0.5, fr;q=0.9' }, 'fr'],
  [{ 'accept-language': '*' }, 'en'],
  [{ 'accept-language': '*, fr;q=0.5' }, 'fr'],
  [{ 'accept-language': 'de_DE' }, 'en'],
  [{ 'accept-language': 'fr', cookie: 'language=de' }, 'de'],
  [{ 'accept-language': 'de', cookie: 'language=en' }, 'en'],
])('who sends %j is spoken to in %s', (headers: Record<string, string>, language) => {
  expect(callerLanguage(new Headers(headers))).toBe(language);
});

test.each([
  ['', 'de', '{"language":"de"}'],
  ['{"mine":1}', 'fr-CA', '{"mine":1,"language":"fr-CA"}'],
  ['', 'en', ''],
  ['', 'en-GB', ''],
  ['{"language":"fr"}', 'de', '{"language":"fr"}'],
  ['{"language":"en"}', 'de', '{"language":"en"}'],
  // Only the project knows the meaning of these.
  ['mine', 'de', 'mine'],
  ['[1]', 'de', '[1]'],
  ['"de"', 'de', '"de"'],
])('to the metadata %j %s is written as %j', (metadata, language, written) => {
  expect(writeLanguage(language, metadata)).toBe(written);
});

test.each([
  ['{"language":"DE-at"}', 'de-AT'],
  ['{"language":"zh-Hant-TW","x":1}', 'zh-Hant-TW'],
  ['{"language":"Deutsch bitte"}', undefined],
  [`{"language":"${'a-'.repeat(40)}"}`, undefined],
  ['{"language":7}', undefined],
  ['null', undefined],
  ['de', undefined],
])('from the metadata %s is read %s', (metadata, language) => {
  expect(readLanguage(metadata)).toBe(language);
});

test('accepts only BCP 47 tags', () => {
  expect(['de', 'EN-us', 'x', ''].map(asTag)).toEqual(['de', 'en-US', undefined, undefined]);
});

describe('another dispatch into the same call', () => {
  const agent = 'agent-123e4567-e89b-42d3-8456-426614174000';
  const earlier = [
    { agentName: '', metadata: '' },
    { agentName: 'letta', metadata: writeLanguage('de', writeLetta({ agent })) },
  ];

  test('inherits the language, for any agent', () => {
    const back = CALLBACK;
    expect(readLanguage(keepCall(back, 'billing', earlier))).toBe('de');
    expect(JSON.parse(keepCall(back, 'billing', earlier))).toMatchObject(JSON.parse(back));
    expect(keepCall(back, 'billing', [{ agentName: '', metadata: 'mine' }])).toBe(back);
    expect(readLanguage(keepCall('{"language":"fr"}', 'billing', earlier))).toBe('fr');
  });

  test('inherits the Letta agent too, if it is for Letta', () => {
    expect(readLetta(keepCall('', 'letta', earlier))).toEqual({ agent });
    expect(readLetta(keepCall('', 'billing', earlier))).toBeUndefined();
  });
});
