import * as chrono from 'chrono-node';
import { expect, test } from 'vitest';
import { clock } from '../testing/practice';
import { toTime } from './calendar';
import { readDay, withoutSpans } from './days';
import { readTimes } from './times';
import { plain } from './words';

/** Day, and "at 14:30", "after …", "before …", as understood on Friday 2026-11-20. */
function understand(text: string, bare = false): string {
  const { rest, ...times } = readTimes(plain(text), bare);
  const { day, from } = readDay(rest, clock);
  const limits = Object.entries(times)
    .filter(([, minute]) => minute !== undefined)
    .map(([word, minute]) => `${word} ${toTime(minute as number)}`);
  return [day, from && `from ${from}`, ...limits].filter(Boolean).join(' ');
}

test.each([
  // Days
  ['tomorrow', '2026-11-21'],
  ['today', '2026-11-20'],
  ['Friday', '2026-11-27'],
  ['this Friday', '2026-11-20'],
  ['next Friday', '2026-11-27'],
  ['next Wednesday', '2026-11-25'],
  ['Wensday', '2026-11-25'],
  ['on thirsday', '2026-11-26'],
  ['No, thirty.', '2026-11-26'],
  ['the twenty seventh', '2026-11-27'],
  ['Friday the 27th', '2026-11-27'],
  ['Monday the thirtieth', '2026-11-30'],
  ['the 27th of November', '2026-11-27'],
  ['27 November', '2026-11-27'],
  ['December the third', '2026-12-03'],
  ['December 3rd', '2026-12-03'],
  ['on the first', '2026-12-01'],
  ['November the third', '2026-11-03'],
  ['the day after tomorrow', '2026-11-22'],
  ['a week on Friday', '2026-12-04'],
  ['a week from Monday', '2026-11-30'],
  ['a week today', '2026-11-27'],
  ['in two weeks', '2026-12-04'],
  ['two weeks on Monday', '2026-12-07'],
  ['in three days', '2026-11-23'],
  ['two weeks from now', '2026-12-04'],
  ['three days ago', '2026-11-17'],
  ['Friday next week', '2026-11-27'],
  ['yesterday', '2026-11-19'],
  ['last Monday', '2026-11-16'],
  ['next week', 'from 2026-11-23'],
  ['as soon as possible', 'from 2026-11-20'],
  ['the earliest appointment', 'from 2026-11-20'],
  // Times
  ['half past two', 'at 14:30'],
  ['Half passed till eleven, please.', 'at 11:30'],
  ['two thirty', 'at 14:30'],
  ['2.30 p.m.', 'at 14:30'],
  ['at 2:30pm', 'at 14:30'],
  ['At 230.', 'at 14:30'],
  ['quarter to nine', 'at 08:45'],
  ['a quarter past three', 'at 15:15'],
  ['ten to four', 'at 15:50'],
  ['nine oh five', 'at 09:05'],
  ["three o'clock", 'at 15:00'],
  ['make it three o clock', 'at 15:00'],
  ['at half passed to', 'at 14:30'],
  ['Have passed to.', 'at 14:30'],
  ['Half past you.', 'at 14:30'],
  ['Make it free.', 'at 15:00'],
  ['noon', 'at 12:00'],
  ['at 14:30', 'at 14:30'],
  ['after three', 'after 15:00'],
  ['before noon', 'before 12:00'],
  ['first thing in the morning', 'before 10:00'],
  // Both
  ['next Friday afternoon', '2026-11-27 after 12:00 before 17:00'],
  ['tomorrow morning', '2026-11-21 before 12:00'],
  ['Friday the twenty seventh at half past two', '2026-11-27 at 14:30'],
  ['four Friday at to thirty', '2026-11-27 at 14:30'],
  ['Monday at nine thirty', '2026-11-23 at 09:30'],
  ['tomorrow at ten fifteen', '2026-11-21 at 10:15'],
  ['wensday at ate', '2026-11-25 at 08:00'],
  ['sorry. Tuesy,', '2026-11-24'],
  ['between two and four on Thursday', '2026-11-26 after 14:00 before 16:00'],
  ['seven in the evening on Monday', '2026-11-23 at 19:00'],
  // Neither
  ['good morning', ''],
  ['may I come in', ''],
  ['the sun is out', ''],
  ['thirty minutes', ''],
  ['just a second', ''],
  ['for my son Tom', ''],
  ['the first one', ''],
])('%s → %s', (text, expected) => {
  expect(understand(text)).toBe(expected);
});

test('a lone number is a time only where a time was asked for', () => {
  expect(understand('three', true)).toBe('at 15:00');
  expect(understand('to', true)).toBe('at 14:00');
  expect(understand('ten please', true)).toBe('at 10:00');
  expect(understand('three')).toBe('');
});

test('most words are read without the two patterns that cost most', () => {
  expect(withoutSpans.parsers).toHaveLength(chrono.en.casual.parsers.length - 2);
});
