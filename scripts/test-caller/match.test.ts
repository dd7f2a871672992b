import { expect, it } from 'vitest';
import { findPhrase, wordsOf } from '@/scripts/test-caller/match';

it.each([
  ['10:30', 'On Tuesday at half past ten.'],
  ['10:30', 'I have ten thirty free.'],
  ['nine fifteen', 'at quarter past nine'],
  ['2:45', 'a quarter to three'],
  ["ten o'clock", 'It is at 10:00 a.m.'],
  ['the 23rd', 'Monday the twenty-third of November'],
  ['45 dollars', 'A blood test is $45.'],
  ['45 dollars', 'It costs forty five dollars'],
  ['555 0142', 'Our number is five five five, oh one four two.'],
  ['555 0142', 'it is 5 5 5, 0 1 4 2'],
  ['14 Willow Street', 'We are at fourteen Willow street, Brookfield'],
  ['Doctor Osei', 'with doctor O say on Monday'],
  ['Nurse Patel', 'nurse Pattel is in'],
  ['goodbye', 'Thank you. Good bye.'],
  ['I am sorry', "I'm sorry"],
  ['closed', 'On Sundays we are close.'],
  ['Friday / Saturday', 'on saturday morning'],
  ['how can I help you today', 'How can I halve you today?'],
  ['message / calls you back', 'Shall I take decommessage so that someone calls you back?'],
])('"%s" is heard in "%s"', (phrase, heard) => {
  expect(findPhrase(phrase, heard).found).toBe(true);
});

it.each([
  ['10:30', 'at eleven thirty'],
  ['Monday', 'on Sunday'],
  ['fifteen', 'fifty'],
  ['booked', 'You can look for it'],
  ['555 0142', 'It is 555 0143'],
  ['billing', ''],
])('"%s" is not heard in "%s"', (phrase, heard) => {
  expect(findPhrase(phrase, heard).found).toBe(false);
});

it('shows the best partial match', () => {
  const heard = 'So that is Tuesday the 24th at eleven thirty with Doctor Lee. Is that right?';
  expect(findPhrase('Tuesday the 24th at 10:30', heard).near).toContain('tuesday 24 at 1130');
  expect(findPhrase('giraffe', heard)).toEqual({ found: false, near: '' });
});

it('recognizes numbers in any notation', () => {
  expect(wordsOf('half past ten')).toEqual(['1030']);
  expect(wordsOf('One hundred and five, please')).toEqual(['105', 'please']);
  expect(wordsOf('nine oh five')).toEqual(['905']);
});
