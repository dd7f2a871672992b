import { expect, it } from 'vitest';
import { earliestToday, isDay, timeOf, todayIn } from './days';

it('tells days from what looks like one', () => {
  expect(['2026-11-27', '2028-02-29', '2026-02-29', '2026-13-01', '26-1-1', ''].map(isDay)).toEqual(
    [true, true, false, false, false, false],
  );
});

it('knows which day it is where', () => {
  const midnight = Date.parse('2026-11-27T00:30:00Z');
  expect(todayIn('Europe/London', midnight)).toBe('2026-11-27');
  expect(todayIn('America/New_York', midnight)).toBe('2026-11-26');
  expect(earliestToday(Date.parse('2026-11-27T11:59:00Z'))).toBe('2026-11-26');
});

it('writes times of the day', () => {
  expect([0, 545, 870, 1_439].map(timeOf)).toEqual(['00:00', '09:05', '14:30', '23:59']);
});
