// Times of day in German, as a table: what was said → what it limits.
import { describe, expect, test } from 'vitest';
import { plain } from './plain';
import { readTimes } from './times';

const at = (hour: number, minute = 0) => ({ at: hour * 60 + minute });

describe.each([
  ['um halb drei', at(14, 30)],
  ['um halb neun', at(8, 30)],
  ['halb eins', at(12, 30)],
  ['Viertel nach zehn', at(10, 15)],
  ['viertel vor neun', at(8, 45)],
  ['um dreiviertel drei', at(14, 45)],
  ['viertel drei', at(14, 15)],
  ['fünf vor halb vier', at(15, 25)],
  ['zehn nach elf', at(11, 10)],
  ['zwanzig vor fünf', at(16, 40)],
  ['um vierzehn Uhr dreißig', at(14, 30)],
  ['um 14:30 Uhr', at(14, 30)],
  ['um 14.30 Uhr', at(14, 30)],
  ['gegen 9 Uhr', at(9)],
  ['um ein Uhr', at(13)],
  ['um zwölf', at(12)],
  ['um sieben abends', at(19)],
  ['um vier nachmittags', at(16)],
  ['nach drei', { after: 900 }],
  ['ab 10 Uhr', { after: 600 }],
  ['vor zwölf', { before: 720 }],
  ['bis halb elf', { before: 630 }],
  ['zwischen zwei und vier', { after: 840, before: 960 }],
  ['von neun bis zehn', { after: 540, before: 600 }],
  ['vormittags', { before: 720 }],
  ['am Nachmittag', { after: 720, before: 1_020 }],
  ['am Montagnachmittag', { after: 720, before: 1_020 }],
  ['nach der Arbeit', { after: 1_020 }],
  ['morgen früh', { before: 720 }],
  ['heute Morgen', { before: 720 }],
  ['guten Morgen', {}],
  ['morgen', {}],
  ['das ist zu früh', {}],
  ['in drei Tagen', {}],
  ['am 27. November', {}],
] as const)('%s', (said, wanted) => {
  test('is read', () => {
    const { rest: _, ...found } = readTimes(plain(said));
    expect(found).toEqual({ at: undefined, after: undefined, before: undefined, ...wanted });
  });
});

test('an hour alone is a time only where one was asked for', () => {
  expect(readTimes(plain('vier'), true).at).toBe(16 * 60);
  expect(readTimes(plain('vier')).at).toBeUndefined();
  expect(readTimes(plain('den zweiten'), true).at).toBeUndefined();
});

test('the day stays where the time is taken out', () => {
  expect(readTimes(plain('am Dienstag um halb drei')).rest).toBe('am dienstag');
});
