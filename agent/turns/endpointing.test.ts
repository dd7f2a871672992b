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
  ['My daughter has had a fever for days.', 'anything', 'said'],
  ["I'd like to book an appointment.", 'anything', 'more'],
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
  ['No, I would rather not.', 'number', 'more'],
  ['', 'anything', 'unfinished'],
])('"%s" as an answer about %s is %s', (heard, asked, ending) => {
  expect(endpointOf(heard, asked)).toBe(ending);
});

test('counts digits as people say them', () => {
  expect(digitsIn('double five, fourteen and 03')).toEqual({ digits: 6, others: 1 });
});

test('delays grow with what may follow', () => {
  const { closed, said, more, unfinished } = ENDPOINTING_DELAY_MS;
  expect([closed, said, more, unfinished]).toEqual(
    [unfinished, more, said, closed].sort((a, b) => a - b),
  );
});
