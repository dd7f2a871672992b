// Days in German, as a table. It is Friday, 20 November 2026.
import { describe, expect, test } from 'vitest';
import { clock, practice } from '../../testing/practice';
import { readDay } from './days';
import { plain } from './plain';

describe.each([
  ['heute', { day: '2026-11-20' }],
  ['morgen', { day: '2026-11-21' }],
  ['übermorgen', { day: '2026-11-22' }],
  ['uebermorgen', { day: '2026-11-22' }],
  ['gestern', { day: '2026-11-19' }],
  ['am Montag', { day: '2026-11-23' }],
  ['am Sonnabend', { day: '2026-11-21' }],
  ['freitags', { day: '2026-11-27' }],
  ['nächsten Dienstag', { day: '2026-11-24' }],
  ['kommenden Mittwoch', { day: '2026-11-25' }],
  ['übernächsten Montag', { day: '2026-11-30' }],
  ['nächste Woche Freitag', { day: '2026-11-27' }],
  ['Donnerstag nächster Woche', { day: '2026-11-26' }],
  ['Montag in einer Woche', { day: '2026-11-30' }],
  ['in einer Woche', { day: '2026-11-27' }],
  ['in acht Tagen', { day: '2026-11-27' }],
  ['in drei Tagen', { day: '2026-11-23' }],
  ['in zwei Wochen', { day: '2026-12-04' }],
  ['am siebenundzwanzigsten', { day: '2026-11-27' }],
  ['am 3.', { day: '2026-12-03' }],
  ['Freitag, den vierten', { day: '2026-12-04' }],
  ['am 27. November', { day: '2026-11-27' }],
  ['am dritten Dezember', { day: '2026-12-03' }],
  ['am 4.12.', { day: '2026-12-04' }],
  ['am 3. März', { day: '2027-03-03' }],
  ['an Weihnachten', { day: '2026-12-25' }],
  ['Heiligabend', { day: '2026-12-24' }],
  ['nach Neujahr', { from: '2027-01-02' }],
  ['nächste Woche', { from: '2026-11-23' }],
  ['übernächste Woche', { from: '2026-11-30' }],
  ['nächsten Monat', { from: '2026-12-01' }],
  ['so bald wie möglich', { from: '2026-11-20' }],
  ['irgendwann', { from: '2026-11-20' }],
  ['jetzt', {}],
  ['ich weiß nicht', {}],
] as const)('%s', (said, wanted) => {
  test('is read', () => {
    const { rest: _, ...found } = readDay(plain(said), practice, clock);
    expect(found).toEqual(wanted);
  });
});
