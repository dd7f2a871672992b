// What the words so far say about the end of a turn, and the resulting delay.
import { llm } from '@livekit/agents';
import { expect, test } from 'vitest';
import {
  type Asked,
  askedIn,
  digitsIn,
  ENDPOINTING_DELAY_MS,
  type Endpoint,
  endpointOf,
} from './endpointing';
import { turnDetector } from './turn-handling';

test.each<[string, Asked]>([
  ['How can I help?', 'anything'],
  ['We are open until six.', 'anything'],
  ['Tomorrow at ten is free. Shall I book it?', 'yes or no'],
  ['Is there anything else?', 'yes or no'],
  ['Of course. What day would you like?', 'when'],
  ['I have nine and ten. Which would you like?', 'when'],
  ['What name shall I put it under?', 'name'],
  ['Who is it from?', 'name'],
  ['What number can we call you on?', 'number'],
])('"%s" asks for: %s', (said, asked) => {
  expect(askedIn(said)).toBe(asked);
});

test.each<[string, Asked, Endpoint]>([
  ['Yes.', 'yes or no', 'closed'],
  ['No thanks.', 'yes or no', 'closed'],
  ['Friday.', 'when', 'closed'],
  ['No, that is all, thank you very much.', 'yes or no', 'closed'],
  ['Very.', 'anything', 'unfinished'],
  ['Wednesday, please.', 'when', 'closed'],
  ['What are your opening hours?', 'anything', 'closed'],
  ['What is your?', 'anything', 'unfinished'],
  ['who is the message from', 'anything', 'unfinished'],
  ['Who is the message from?', 'anything', 'closed'],
  ['I need to see a doctor tomorrow morning.', 'anything', 'closed'],
  ['Maria Fernandez', 'name', 'closed'],
  ['My daughter has had a fever for days.', 'anything', 'said'],
  ['Yes, that works for me.', 'yes or no', 'said'],
  ["I'd like to book an appointment.", 'anything', 'more'],
  ['At ten', 'when', 'more'],
  ['My knee hurts.', 'anything', 'more'],
  ["I'd like to book an appointment. For", 'anything', 'unfinished'],
  ["I'd like to", 'anything', 'unfinished'],
  ["I'm calling because.", 'anything', 'unfinished'],
  ['Could we do Tuesday or?', 'when', 'unfinished'],
  ['Um,', 'anything', 'unfinished'],
  ['Let me see.', 'when', 'unfinished'],
  ['An appointment with Doctor', 'anything', 'unfinished'],
  ['I want to leave a message for the doctor.', 'anything', 'more'],
  ['Five, five, five.', 'number', 'unfinished'],
  ['555', 'anything', 'unfinished'],
  ['Five, five, five. Oh one four two.', 'number', 'more'],
  ['four one five, nine two seven, 3318', 'number', 'closed'],
  ["It's", 'number', 'more'],
  ['I have one more question about my phone bill.', 'anything', 'said'],
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

test("the framework's delay is set before it reads it, and is longer while a transcript is pending", async () => {
  let owed = false;
  const waits: number[] = [];
  const detector = turnDetector(
    (ms) => waits.push(ms),
    () => owed,
  );
  const chat = new llm.ChatContext();
  chat.addMessage({ role: 'assistant', content: 'What number can we call you on?' });
  chat.addMessage({ role: 'user', content: 'five five five' });
  const unlikely = async () =>
    (await detector.predictEndOfTurn(chat)) < ((await detector.unlikelyThreshold()) ?? 0);
  expect(await unlikely()).toBe(true);
  chat.addMessage({ role: 'user', content: 'Yes.' });
  chat.items.splice(0, 1);
  expect(await unlikely()).toBe(true);
  owed = true;
  await unlikely();
  expect(waits).toEqual([
    ENDPOINTING_DELAY_MS.unfinished,
    ENDPOINTING_DELAY_MS.closed,
    ENDPOINTING_DELAY_MS.unfinished,
  ]);
  expect(await detector.supportsLanguage('de' as never)).toBe(false);
});
