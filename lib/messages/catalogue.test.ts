// The words of agents and workers in both languages.
import { expect, it } from 'vitest';
import { LOCALES } from '@/lib/core/language';
import { catalogueWords } from '@/lib/messages/catalogue';
import { translator } from '@/lib/messages/messages';

const english = catalogueWords(translator('en', 'catalogue'), LOCALES.en);
const german = catalogueWords(translator('de', 'catalogue'), LOCALES.de);

it('translates what workers report, and leaves other words', () => {
  const said = ['Ended the call', 'Something failed. The call goes on.', 'Our tool.', '', 'a {b}'];
  expect(said.map(english.reported)).toEqual(said);
  expect(said.map(german.reported)).toEqual([
    'Den Anruf beendet',
    'Etwas ist fehlgeschlagen. Der Anruf geht weiter.',
    ...said.slice(2),
  ]);
  expect(['constructor', '__proto__'].map(german.reported)).toEqual(['constructor', '__proto__']);
});

it('describes an appointment by what the agent says, or by the arguments of its tool', () => {
  const args = { service: 'blood test', day: '2026-11-26', time: '10:00', name: 'Jane Miller' };
  const details = Object.entries(args).map(([name, value]) => ({ name, value }));
  const outcome = { outcome: 'appointment', details, result: 'It is booked.' } as const;
  expect(english.outcomeDetails(outcome)).toBe('It is booked.');
  expect(german.outcomeDetails(outcome)).toBe(
    'Bluttest, Donnerstag, 26. November, 10:00, Jane Miller',
  );
  expect(Object.keys(args).map(german.reported)).toEqual(['Leistung', 'Tag', 'Uhrzeit', 'Name']);
});

it('shows an outcome that no agent declares by its name', () => {
  const names = ['message', 'handed off', 'gold', 'constructor'];
  expect(names.map(german.outcomeLabel)).toEqual([
    ...['Nachricht aufgenommen', 'übergeben', 'gold', 'constructor'],
  ]);
  expect(english.outcomeLabel('message')).toBe('message taken');
});
