import { expect, test } from 'vitest';
import { clock, practice } from '../testing/practice';
import { read } from './intents';

const known = (text: string) => {
  const { questions, wants, ...rest } = read(text, practice, clock);
  const flags = (['yes', 'no', 'bye', 'done', 'repeat', 'emergency'] as const).filter(
    (f) => rest[f],
  );
  return [...questions.map(({ topic }) => `?${topic}`), ...wants, ...flags].join(' ');
};

test.each([
  ['What are your opening hours?', '?hours'],
  ['are you open on sunday', '?hours'],
  ['When do you close?', '?hours'],
  ['Where are you?', '?address'],
  ["What's your address", '?address'],
  ['What is your? And dress,', '?address'],
  ['Is there parking?', '?parking'],
  ["What's your phone number?", '?phone'],
  ['What services do you offer?', '?services'],
  ['Do you do blood tests?', '?services'],
  ['Not long his health check.', '?services'],
  ['Now the long is a health check,', '?services'],
  ['As long as it is a health check', ''],
  ['Who are your doctors?', '?people'],
  ['Is Doctor Lee in on Monday?', '?people'],
  ['When is Doctor Osei in?', '?people'],
  ['How much is a check up?', '?price'],
  ['What can you do?', '?abilities'],
  ['Are you a robot?', '?identity'],
  ['what time is my appointment', '?mine'],
  ["I'd like to book an appointment", 'booking'],
  ['I would like 2 book a pointment 4 Friday', 'booking'],
  ['can i see a doctor tomorrow', 'booking'],
  ['Do you have anything on Monday?', 'booking'],
  ['I have a terrible headache', 'booking'],
  ['I want to leave a message', 'message'],
  ['Can you tell Doctor Lee that I am late?', 'message'],
  ['Can I speak to a human?', 'message'],
  ['Could someone call me back?', 'message'],
  ['I need to cancel my appointment', 'cancel'],
  ['can I move my appointment to Thursday', 'change'],
  ['never mind', 'stop'],
  ['Yes.', 'yes'],
  ['Yeah, that works', 'yes'],
  ["no that's fine", 'yes'],
  ['Mess, that is right.', 'yes'],
  ['How that is right?', ''],
  ['No, Thursday.', 'no'],
  ['nope', 'no'],
  ['Goodbye.', 'bye'],
  ['by', 'bye'],
  ['Good-by.', 'bye'],
  ['Thanks, goodby.', 'bye'],
  ['Good by me.', 'yes'],
  ["No, that's all.", 'no done'],
  ['Can you repeat that?', 'repeat'],
  ['pardon', 'repeat'],
  ["My father can't breathe", 'emergency'],
  ['What time do you close on Friday and can I book an appointment for Monday?', '?hours booking'],
  ['Where are you and is there parking?', '?address ?parking'],
  ['the zebra is orange', ''],
])('%s → %s', (text, expected) => {
  expect(known(text)).toBe(expected);
});

test('the day of a question is not the day of the appointment asked for beside it', () => {
  const { questions, when } = read(
    'What time do you close on Friday and can I book an appointment for Monday?',
    practice,
    clock,
  );
  expect(questions[0]?.when.day).toBe('2026-11-27');
  expect(when.day).toBe('2026-11-23');
});
