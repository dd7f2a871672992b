// How times, days and the facts are said in German.
import { expect, test } from 'vitest';
import { practice } from '../../testing/practice';
import { sayPerson, sayService } from './facts';
import { onDay, sayNear, sayTime, sayToday, sayWeek, sayWhen } from './say';

const TODAY = '2026-11-20';

test('times tell the half of the day', () => {
  expect(sayTime(14 * 60 + 30)).toBe('14 Uhr 30');
  expect(sayTime(9 * 60)).toBe('9 Uhr');
});

test('days have no full stop that would end the sentence', () => {
  expect(onDay('2026-11-21', TODAY)).toBe('morgen');
  expect(onDay('2026-11-27', TODAY)).toBe('am Freitag, dem siebenundzwanzigsten');
  expect(sayWhen('2026-12-03', 510, TODAY)).toBe(
    'am Donnerstag, dem dritten Dezember, um 8 Uhr 30',
  );
  expect(sayToday(TODAY)).toBe('Freitag, der zwanzigste November');
});

test('a near day is named by its week day alone', () => {
  expect(sayNear('2026-11-24', TODAY)).toBe('am Dienstag');
  expect(sayNear('2026-12-01', TODAY)).toBe('am Dienstag, dem ersten Dezember,');
});

test('equal days of the week are told together', () => {
  expect(sayWeek(practice.hours)[0]).toContain('Montag bis Donnerstag 8 Uhr 30 bis 18 Uhr');
});

test('facts without German words are said as they are', () => {
  expect(sayPerson('Doctor Lee')).toBe('Doktor Lee');
  expect(sayPerson('Kim Park')).toBe('Kim Park');
  expect(sayService('blood test')).toBe('eine Blutabnahme');
  expect(sayService('X-ray')).toBe('einen Termin für X-ray');
});
