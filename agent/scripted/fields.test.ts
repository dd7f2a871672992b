// Days, times, names and choices, as callers say them and as STT writes them.
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  day,
  fieldsOf,
  personName,
  phoneNumber,
  readField,
  sayValue,
  spell,
} from '@/agent/scripted/fields';
import { plain } from '@/agent/scripted/phrases';
import { readWhen } from '@/agent/scripted/read-when';
import { sayDay, sayTime } from '@/agent/scripted/when';
import { NOW } from '@/agent/testing/talk';

test.each<[string, string | undefined, string?]>([
  ['Monday', '2026-11-23'],
  ['this Friday', '2026-11-20'],
  ['Tuesday next week', '2026-11-24'],
  ['Friday the 27th at half past two', '2026-11-27', '14:30'],
  ['the first of December', '2026-12-01'],
  ['December the third', '2026-12-03'],
  ['on the twenty seventh', '2026-11-27'],
  ['the day after tomorrow', '2026-11-22'],
  ['a week on Tuesday', '2026-12-01'],
  ['in two weeks', '2026-12-04'],
  ['today at quarter past four', '2026-11-20', '16:15'],
  ['tomorrow morning at nine', '2026-11-21', '09:00'],
  ['thirsty at ten', '2026-11-26', '10:00'],
  ['free day, please', '2026-11-27'],
  ['not on Monday, Tuesday', '2026-11-24'],
  ['Thursday, no, Tuesday I mean', '2026-11-24'],
  ['Monday nine', '2026-11-23', '09:00'],
  ['have passed to', undefined, '14:30'],
  ['at ate thirty', undefined, '08:30'],
  ['quarter to nine', undefined, '08:45'],
  ['twenty to three', undefined, '14:40'],
  ["one o'clock", undefined, '13:00'],
  ["five o'clock in the afternoon", undefined, '17:00'],
  ['three', undefined, '15:00'],
  ['make it eleven', undefined, '11:00'],
  ['I may come', undefined],
  ['Good morning', undefined],
])('%j is day %s, time %s', (heard, day, time) => {
  expect(readWhen(plain(heard), NOW, true)).toMatchObject({ day, time });
});

test('days and times as spoken', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-12-01'];
  expect(days.map((day) => sayDay(day, NOW))).toEqual([
    'today',
    'tomorrow',
    'Sunday the 22nd',
    'Tuesday the 1st of December',
  ]);
  const times = ['09:00', '12:00', '14:30', '08:45', '16:15', '10:05', '10:20'];
  expect(times.map(sayTime)).toEqual([
    "nine o'clock",
    'noon',
    'half past two',
    'quarter to nine',
    'quarter past four',
    'ten oh five',
    'ten twenty',
  ]);
});

const FIELDS = {
  name: personName(),
  phone: phoneNumber().optional(),
  service: z.enum(['blood test', 'health check']).default('blood test'),
  room: z.number().int(),
  day: day(),
};

test.each<[keyof typeof FIELDS, string, unknown]>([
  ['name', 'Ben Carter', 'Ben Carter'],
  ['name', "It's Sarah Jones, please.", 'Sarah Jones'],
  ['name', 'My name is ann lee.', 'Ann Lee'],
  ['name', 'J-O-N-E-S', 'Jones'],
  ['name', 'Smith, S M Y T H', 'Smyth'],
  ['name', 'Then Carter.', 'Carter'],
  ['name', 'What time is it?', undefined],
  ['name', 'Ben, no, Ken Carter', 'Ken Carter'],
  ['name', "my name's Ben, I mean Ken", 'Ken'],
  ['name', 'Ben Carter, no problem', 'Ben Carter'],
  ['name', 'not Ben, Ken', 'Ken'],
  ['name', 'Ken, not Ben', 'Ken'],
  ['name', 'Dr. Ben Carter', 'Dr Ben Carter'],
  ['name', 'Mr. Carter', 'Mr Carter'],
  ['name', 'Maria de la Cruz', 'Maria de la Cruz'],
  ['name', 'ANN LEE', 'Ann Lee'],
  ['name', 'Jose\u0301 Garci\u0301a', 'José García'],
  ['name', 'Mu\u0308ller', 'Müller'],
  ['name', 'अमित', 'अमित'],
  ['name', '\u200bBen\u00a0Carter\u200e', 'Ben Carter'],
  ['phone', '\u202a+49\u00a0151\u20112345678\u202c', '49 151 2345678'],
  ['day', 'Tues\u200bday', '2026-11-24'],
  ['phone', '555 0142, no, 555 0143', '555 0143'],
  ['phone', '555 0142, no wait, 0143', undefined],
  ['phone', "555 0142, actually that's all", '555 0142'],
  ['phone', '555 0142 or 555 0143', undefined],
  ['phone', '+49 (0)151 / 234 56 789', '49 151 234 56 789'],
  ['phone', '５５５０１４２', '555 0142'],
  ['phone', "It's five five five, oh one four two.", '555 0142'],
  ['phone', 'double five, five oh, one four two', '555 0142'],
  ['phone', 'no', undefined],
  ['service', 'something else', undefined],
  ['service', 'health chek', 'health check'],
  ['room', 'room twelve', 12],
  ['room', 'two hundred and five', 205],
  ['room', 'one oh five', 105],
  ['room', 'twelve, no wait, fourteen', 14],
  ['room', 'twelve or fourteen', undefined],
  ['day', "I'm Mindy, please.", '2026-11-23'],
])('a %s reads %j as %j', (kind, words, value) => {
  const [field] = fieldsOf(z.object({ [kind]: FIELDS[kind] }));
  if (!field) throw new Error('no such field');
  expect(readField(field, { words, text: plain(words), now: NOW }, field)).toBe(value);
});

test('answers are repeated as understood', () => {
  expect(spell('Ben Lee')).toBe('B, E, N. L, E, E.');
  expect(sayValue({ kind: 'phone' }, '555 0142', NOW)).toBe('5 5 5, 0 1 4 2');
});
