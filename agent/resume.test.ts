// What an agent takes up from the one that was lost: the talk, the state of a built-in brain, and the
// question that was open.
import { expect, test } from 'vitest';
import type { Passed } from '../lib/brief';
import { fold } from './brains/conversation';
import { frontDeskConversation } from './brains/front-desk/conversation';
import { practice } from './practice';
import { contextOf, openQuestion } from './resume';

const ada = (text: string): Passed => ({ kind: 'said', speaker: 'agent', text });
const caller = (text: string): Passed => ({ kind: 'said', speaker: 'caller', text });

test.each([
  ['Of course. What day would you like?', 'What day would you like?'],
  ['We are next to the library.', undefined],
  ['Is that right? I have noted it.', undefined],
  [
    "Tomorrow at ten o'clock is free. What name shall I put it under? ",
    'What name shall I put it under?',
  ],
])('the open question of %j', (text, question) => {
  expect(openQuestion([caller('Hello'), ada(text)])).toBe(question);
});

test('nothing is asked again where the caller spoke last', () => {
  expect(openQuestion([ada('What day would you like?'), caller('Tomorrow')])).toBeUndefined();
});

test('a booking goes on where it stood', () => {
  const talk = [ada('How can I help?'), caller('I would like to book a blood test.')];
  const items = contextOf(talk).items;
  const step = fold(frontDeskConversation(practice), items, new Map(), () => new Date());
  expect(step?.say.join(' ')).toMatch(/day/);
  const more = [...talk, ada('What day would you like?'), caller('Next Tuesday in the morning.')];
  const next = fold(
    frontDeskConversation(practice),
    contextOf(more).items,
    new Map(),
    () => new Date(),
  );
  expect(next?.use).toMatchObject({ name: 'findFreeTimes', args: { service: 'blood test' } });
});

test('what tools came to is in the context, in order', () => {
  const tool: Passed = {
    kind: 'tool',
    tool: 'takeMessage',
    args: '{}',
    result: '"ok"',
    failed: false,
  };
  const { items } = contextOf([caller('Take a message.'), tool, ada('I have written it down.')]);
  expect(items.map(({ type }) => type)).toEqual([
    'message',
    'function_call',
    'function_call_output',
    'message',
  ]);
  const times = items.map(({ createdAt }) => createdAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});
