// German messages that are computed: decimal commas, plurals and grammatical case.
import { expect, it } from 'vitest';
import { testRule } from '@/lib/testing/rules';
import { describeDifference, duration, percent } from './de/agents';
import { describeEvent } from './de/call';
import { outcomeDetails, outcomeLabel, reported } from './de/catalogue';
import { text } from './de/main';
import { ruleSentence } from './de/rules';
import { missed } from './de/simulations';

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
  expect(describeEvent(left, () => 'Ann')).toBe('Ann ist gegangen: hat aufgelegt');
});

it('describes an appointment by the arguments of the tool that booked it', () => {
  const args = { service: 'blood test', day: '2026-11-26', time: '10:00', name: 'Jane Miller' };
  const details = Object.entries(args).map(([name, value]) => ({ name, value }));
  const outcome = { outcome: 'appointment', details, result: 'It is booked.' } as const;
  expect(outcomeDetails(outcome)).toBe('Bluttest, Donnerstag, 26. November, 10:00, Jane Miller');
  expect(Object.keys(args).map(reported)).toEqual(['Leistung', 'Tag', 'Uhrzeit', 'Name']);
  expect(reported('constructor')).toBe('constructor');
});

it('shows an outcome that no agent declares by its name', () => {
  expect(['message', 'handed over', 'gold', 'constructor'].map(outcomeLabel)).toEqual([
    ...['Nachricht aufgenommen', 'übergeben', 'gold', 'constructor'],
  ]);
});

it('translates the outcomes in the result of a simulation', () => {
  expect(missed({ kind: 'other outcome', was: 'none', wanted: 'appointment' })).toBe(
    'das Ergebnis ist „ohne Ergebnis“, nicht „Termin vereinbart“',
  );
});

type Given = Parameters<typeof testRule>[0];

it.each<[Given, string]>([
  [
    {
      when: 'room_started',
      if: { room: 'support-*', metadata: '*eu*' },
      send: { share: { deployment: 'staging', percent: 10 } },
    },
    'Wenn ein Room beginnt, dessen Name support-* ist und Metadaten *eu* sind, schicke front-desk, production; 10\u00a0% der Anrufer an staging.',
  ],
  [{}, 'Wenn jemand dazukommt, schicke front-desk, production.'],
  [
    { if: { room: 'r', metadata: 'm', attributes: { plan: 'gold*' }, kind: ['sip', 'connector'] } },
    'Wenn jemand per Telefon oder per Messenger dazukommt, in einen Room namens r, mit Metadaten m und plan gold*, schicke front-desk, production.',
  ],
])('%j as a German sentence', (given, sentence) => {
  const pieces = ruleSentence(testRule(given));
  expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.of)).join('')).toBe(
    sentence,
  );
});
