import { expect, test } from 'vitest';
import { wrongWords } from './hold';
import { broken } from './rules';
import { parseDialogues } from './script';

const answer = (text: string, before = '', mayRepeat = false, over = false) =>
  broken({ text, before, mayRepeat, over });

test.each([
  ['', 'a dead end'],
  ["Sorry, I didn't catch that.", 'a dead end'],
  ['All right.', 'a dead end'],
  ['Das habe ich leider nicht verstanden.', 'a dead end'],
  ['Es tut mir leid. In Ordnung.', 'a dead end'],
  ['You have an appointment at 14:30.', 'a word of programs'],
  ['It is on 2026-11-23.', 'a word of programs'],
  ['I call findFreeTimes for you.', 'a word of programs'],
  ['undefined is free.', 'a word of programs'],
  [`We are open ${'and open '.repeat(20)}today.`, 'more than 40'],
])('"%s" breaks a rule: %s', (text, problem) => {
  expect(answer(text).join()).toContain(problem);
});

test('an answer that goes on breaks none', () => {
  expect(answer("Sorry, I didn't catch that. What day would you like?")).toEqual([]);
  expect(answer('We close at five.')).toEqual([]);
  expect(answer('Das tut mir leid. Möchten Sie einen Termin?')).toEqual([]);
  expect(answer('All right.', '', false, true)).toEqual([]);
});

test('nothing is said twice in a row, unless it was asked for', () => {
  expect(answer('We close at five.', 'We close at five. Anything else?')).toHaveLength(1);
  expect(answer('Wir öffnen um 9 Uhr.', 'Wir öffnen um 9 Uhr.')).toHaveLength(1);
  expect(answer('We close at five.', 'We close at five. Anything else?', true)).toEqual([]);
});

test('a dialogue is read with its place, and a line that means nothing is told', () => {
  const [dialogue] = parseDialogues(
    '# A day\nvoice: 1\nmonday\n  says the 23rd / Monday\n  never Friday\n  does bookAppointment day 2026-11-23, name Ben Carter\nbye\n  ends\n',
  );
  expect(dialogue).toMatchObject({ title: 'A day', spoken: 1 });
  const [first, last] = dialogue?.turns ?? [];
  expect(first).toMatchObject({ line: 3, caller: 'monday', says: [['the 23rd', 'Monday']] });
  expect(first?.uses).toEqual([
    { tool: 'bookAppointment', args: { day: '2026-11-23', name: 'Ben Carter' } },
  ]);
  expect(last?.ends).toBe(true);
  expect(first && wrongWords(first, 'On Friday.')).toEqual([
    'does not say the 23rd / Monday',
    'says Friday',
  ]);
  expect(() => parseDialogues('# A\nhello\n  sayz hi')).toThrow('Line 3 means nothing here');
});
