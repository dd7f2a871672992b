// What the words so far say about the end of a turn, and the resulting delay.
import { expect, test } from 'vitest';
import {
  type Asked,
  askedIn,
  digitsIn,
  ENDPOINTING_DELAY_MS,
  type Endpoint,
  endpointOf,
  lastQuestion,
} from '@/agent/turns/endpointing';

test.each<[string, Asked]>([
  ['How can I help?', 'anything'],
  ['We are open until six.', 'anything'],
  ['Tomorrow at ten is free. Shall I book it?', 'yes or no'],
  ['Is there anything else?', 'yes or no'],
  ['Of course. What day would you like?', 'when'],
  ['What name shall I put it under?', 'name'],
  ['Who is it from?', 'name'],
  ['What number can we call you on?', 'number'],
])('"%s" asks for: %s', (said, asked) => {
  expect(askedIn(said)).toBe(asked);
});

test('the last question of a text, however long it is', () => {
  expect(lastQuestion('Hello. Who is it?  ')).toBe('Who is it?');
  expect(lastQuestion('Who is it')).toBe('');
  expect(lastQuestion('What??')).toBe('');
  expect(lastQuestion('?')).toBe('');
  // With time that grows with the square of the length, this would take minutes.
  expect(lastQuestion('a'.repeat(500_000))).toBe('');
  expect(lastQuestion(`${'a'.repeat(500_000)}!`)).toBe('');
});

test.each<[string, Asked, Endpoint]>([
  ['Yes.', 'yes or no', 'closed'],
  ['Very.', 'anything', 'unfinished'],
  ['What are your opening hours?', 'anything', 'closed'],
  ['What is your?', 'anything', 'unfinished'],
  ['who is the message from', 'anything', 'unfinished'],
  ['Who is the message from?', 'anything', 'closed'],
  ['Maria Fernandez', 'name', 'closed'],
  ['My daughter has had a fever for days.', 'anything', 'closed'],
  ["I'd like to book an appointment.", 'anything', 'open'],
  ["I'd like to book an appointment for my son.", 'anything', 'closed'],
  ["I'd like to cancel.", 'anything', 'more'],
  ['I have a question.', 'anything', 'open'],
  ['I have a question about my bill.', 'anything', 'closed'],
  ['My name is Ruth.', 'anything', 'open'],
  ['My name is Ruth.', 'name', 'closed'],
  ['The blue jacket.', 'anything', 'more'],
  ['I need an appointment. With the dentist.', 'anything', 'open'],
  ['I would like to. Speak to billing.', 'anything', 'closed'],
  ['It is broken,', 'anything', 'open'],
  ['At ten', 'when', 'more'],
  ["I'd like to", 'anything', 'unfinished'],
  ['Could we do Tuesday or?', 'when', 'unfinished'],
  ['Um,', 'anything', 'unfinished'],
  ['Let me see.', 'when', 'unfinished'],
  ['An appointment with Doctor', 'anything', 'unfinished'],
  ['Five, five, five.', 'number', 'unfinished'],
  ['555', 'anything', 'unfinished'],
  ['Five, five, five. Oh one four two.', 'number', 'more'],
  ['four one five, nine two seven, 3318', 'number', 'closed'],
  ['My number is five five five.', 'anything', 'unfinished'],
  ['My room number is 204.', 'anything', 'closed'],
  ['My order number is seven three', 'anything', 'unfinished'],
  ['The number of guests is four', 'anything', 'closed'],
  ['I live at number ten', 'anything', 'closed'],
  ["I don't want to wait any longer", 'anything', 'closed'],
  ['The postcode is N', 'anything', 'unfinished'],
  ['No, I would rather not.', 'number', 'closed'],
  ['Yes, it is', 'number', 'unfinished'],
  ['Yes, it is.', 'yes or no', 'closed'],
  ['Four fifteen.', 'when', 'closed'],
  ['Four fifteen.', 'anything', 'unfinished'],
  ['', 'anything', 'unfinished'],
])('"%s" as an answer about %s is %s', (heard, asked, ending) => {
  expect(endpointOf(heard, asked)).toBe(ending);
});

// The same words, where they hesitate and where they do not.
test.each<[string, string]>([
  ['Wait.', 'I can wait.'],
  ['No, wait', 'There is no wait'],
  ['Friday, wait', 'Do I have to wait'],
  ['One second.', 'It stopped for one second.'],
  ['Could you hold on a minute', 'It goes off every minute'],
  ['I would like a second', 'The lift is on the second'],
  ['Let me say', 'What does he say'],
  ['I would say', 'I really cannot say'],
  ['I would prefer', 'Which one do you prefer'],
  ['It is, you know', 'Do as you know'],
  ['I think', 'It was in April, I think'],
  ['I need it, so', 'I do not think so'],
  ['Well,', 'I do not sleep well'],
  ['It feels like', 'What does it feel like'],
  ['She told me that', 'Who told you that'],
  ['Let me look for my', 'Let me know'],
  ['Let me read it out', 'Let me cancel it'],
])('"%s" gains time, "%s" does not', (hesitating, whole) => {
  expect(endpointOf(hesitating, 'anything')).toBe('unfinished');
  expect(endpointOf(whole, 'anything')).toBe('closed');
});

// The same words, with what they need and without.
test.each<[string, string]>([
  ['I paid with', 'That is the card I paid with'],
  ['I am calling from', 'It is the number I am calling from'],
  ['I need to speak with', 'There is nobody to speak with'],
  ['My name is on', 'I cannot log on'],
  ['I came before', 'I have been there before'],
  ['The number is', 'I forgot what the number is'],
  ['I think it was', 'It is later than it was'],
  ['I want', 'That is what I want'],
  ['What does the nurse', 'What does the nurse say'],
  ['Is the manager', 'Is the manager in'],
  ['How do I', 'How am I'],
  ['When I open the lid', 'When I open the lid it beeps'],
  ['If it rains', 'If it rains do you close'],
  ['You sent me', 'You never told me'],
  ['I think the cable', 'I think the cable is loose'],
  ['I was with Doctor', 'She prefers a female doctor'],
  ['Give me a second', 'Please give me a discount'],
])('"%s" cannot end, "%s" can', (open, whole) => {
  expect(endpointOf(open, 'anything')).toBe('unfinished');
  expect(endpointOf(whole, 'anything')).toBe('closed');
});

test('takes no time that grows with the square of what was said', () => {
  // Each would take minutes.
  for (const said of ['the one i ', 'let me just ', 'when i ', '.', 'a']) {
    expect(endpointOf(said.repeat(200_000), 'anything')).toBeDefined();
  }
});

test('counts digits as people say them', () => {
  expect(digitsIn('double five, fourteen and 03')).toEqual({ digits: 6, others: 1 });
});

test('delays grow with what may follow', () => {
  const { closed, open, more, unfinished } = ENDPOINTING_DELAY_MS;
  expect([closed, open, more, unfinished]).toEqual(
    [unfinished, more, open, closed].sort((a, b) => a - b),
  );
});
