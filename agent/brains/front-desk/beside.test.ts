import { describe, expect, test } from 'vitest';
import { practice } from '../testing/practice';
import { EMERGENCY } from './emergency';
import { readHoliday } from './holidays';
import { read } from './intents';
import { plain } from './words';

const clock = { day: '2026-11-20', minute: 600 };

test.each([
  "I can't breathe properly",
  'my chest hurts',
  "she won't wake up",
  'my son swallowed some pills',
  "it won't stop bleeding",
  'he hit his head and is confused',
  'My husband fell, and it is head and is confused.',
  "I don't want to live any more",
])('"%s" is an emergency', (text) => {
  expect(EMERGENCY.test(plain(text))).toBe(true);
});

test.each([
  'my tooth hurts',
  'I have a cold',
  'he ate his lunch',
  'I hit the button',
  'I fell in love',
])('"%s" is none', (text) => {
  expect(EMERGENCY.test(plain(text))).toBe(false);
});

test.each([
  ['at christmas', '2026-12-25', undefined],
  ['christmas eve', '2026-12-24', undefined],
  ["new year's day", '2027-01-01', undefined],
  ["new year's eve", '2026-12-31', undefined],
  ['the monday after christmas', '2026-12-28', undefined],
  ['the friday before christmas', '2026-12-18', undefined],
  ['after christmas', undefined, '2026-12-26'],
  ['before christmas', '2026-12-24', undefined],
  ['on monday', undefined, undefined],
])('"%s" is %s, or from %s', (text, day, from) => {
  const found = readHoliday(text, practice, clock);
  expect([found?.day, found?.from]).toEqual([day, from]);
});

describe('what is read', () => {
  const reading = (text: string) => read(text, practice, clock);

  test('noise that a recogniser marks is silence', () => {
    expect(reading('[BLANK_AUDIO]').plain).toBe('');
    expect(reading('(inaudible) monday').when.day).toBe('2026-11-23');
  });

  test('little words said twice are said once, digits are not', () => {
    expect(reading('I I would like to to book').plain).toBe('i would like to book');
    expect(reading('five five five oh one two two').phone).toBe('555 0122');
  });

  test('only a short no declines, and only a short yes agrees', () => {
    expect(reading('no thank you').declined).toBe(true);
    expect(reading('No really, am I talking to a person?').declined).toBe(false);
    expect(reading('yes please').agreed).toBe(true);
    expect(reading('ok put me back to somebody else now').agreed).toBe(false);
  });

  test.each([
    ['the end of next week', '2026-11-27'],
    ['two weeks today', '2026-12-04'],
    ['the first Monday in January', '2027-01-04'],
    ['any weekday but Monday', '2026-11-24'],
    ['this morning', '2026-11-20'],
    ['Thursday no Tuesday I mean', '2026-11-24'],
  ])('"%s" is %s', (text, day) => {
    expect(reading(text).when.day).toBe(day);
  });
});
