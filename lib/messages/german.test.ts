// German messages that are computed: decimal commas, plurals and grammatical case.
import { expect, it } from 'vitest';
import { describeDifference, duration, percent } from '@/lib/messages/de/agents';
import { describeEvent } from '@/lib/messages/de/call';
import { text } from '@/lib/messages/de/main';
import { missed } from '@/lib/messages/de/simulations';

it.each([
  [486.4, '486 ms'],
  [9_994, '9,99 s'],
  [9_995, '10,0 s'],
])('%d ms is %s', (ms, read) => {
  expect(duration(ms)).toBe(read);
});

it('writes a share with a comma, and rounds none up to 100', () => {
  expect([1, 0.9999, 0.9537, 0].map(percent)).toEqual(['100 %', '99,9 %', '95,4 %', '0 %']);
});

it('writes a difference, a queue position and an event as sentences', () => {
  expect(describeDifference({ of: 'join', more: false, points: 8.2 })).toBe(
    'Agenten kommen in 8,2 von 100 Anrufen weniger',
  );
  expect([1, 2, 3].map(text.queue.before)).toEqual([
    'Sie sind als Nächstes dran',
    '1 Person ist vor Ihnen',
    '2 Personen sind vor Ihnen',
  ]);
  const left = { kind: 'person_left', identity: 'x', why: 'left' } as const;
  expect(describeEvent(left, () => 'Ann', String)).toBe('Ann ist gegangen: hat aufgelegt');
});

it('translates the outcomes in the result of a simulation', () => {
  expect(missed({ kind: 'other outcome', was: 'none', wanted: 'appointment' })).toBe(
    'das Ergebnis ist „ohne Ergebnis“, nicht „Termin vereinbart“',
  );
});
