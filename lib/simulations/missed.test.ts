// Failed expectations in words.
import { expect, it } from 'vitest';
import type { Miss } from '@/lib/calls/test-calls/result';
import { LOCALES } from '@/lib/core/language';
import { translator } from '@/lib/messages/messages';
import { missed } from '@/lib/simulations/missed';

const of = (miss: Miss, language: 'en' | 'de') =>
  missed(
    miss,
    translator(language, 'simulations'),
    (outcome) => outcome.toUpperCase(),
    LOCALES[language],
  );

it.each<[Miss, string, string]>([
  [
    { kind: 'other outcome', was: 'none', wanted: 'appointment' },
    'the outcome is NONE, not APPOINTMENT',
    'das Ergebnis ist „NONE“, nicht „APPOINTMENT“',
  ],
  [
    { kind: 'late', ms: 2_345, limitMs: 1_500 },
    'the answer came after 2.3 s, not within 1.5 s',
    'die Antwort kam nach 2,3 s, nicht innerhalb von 1,5 s',
  ],
  [
    { kind: 'no tool', tool: 'book', args: '{"day":"<b>"}', called: '' },
    'book {"day":"<b>"} was not called',
    'book {"day":"<b>"} wurde nicht aufgerufen',
  ],
])('%j', (miss, english, german) => {
  expect([of(miss, 'en'), of(miss, 'de')]).toEqual([english, german]);
});
