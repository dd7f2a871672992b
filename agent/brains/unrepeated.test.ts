import { expect, test } from 'vitest';
import type { Conversation } from './conversation';
import { reworded, unrepeated } from './unrepeated';

test('what was just said is said in other words, each sentence once', () => {
  expect(reworded(['Is there anything else?'], [])).toEqual(['Is there anything else?']);
  expect(reworded(['Is there anything else?'], ['Is there anything else?'])).toEqual([
    'What else can I do for you?',
  ]);
  expect(reworded(['Would Monday suit you?'], ['Would Monday suit you?'])).toEqual([
    'Is Monday all right?',
  ]);
  expect(reworded(['Is it blue?'], ['Is it blue?'])).toEqual(['Is it blue, please?']);
  expect(reworded(['We close at five.'], ['We close at five.'])).toEqual([
    'As I said, we close at five.',
  ]);
  expect(reworded(['Doctor Lee is in.'], ['Doctor Lee is in.'])).toEqual([
    'As I said, Doctor Lee is in.',
  ]);
  expect(reworded(['Bye.', 'Bye.'], [])).toEqual(['Bye.']);
});

test('a conversation that always says the same does not, but where it is asked to', () => {
  const parrot: Conversation<null> = {
    start: null,
    hear: (state, text) => ({ state, say: ['What is it for?'], again: text === 'again' }),
    told: (state) => ({ state, say: ['What is it for?'] }),
  };
  const { start, hear, told } = unrepeated(parrot);
  const now = new Date();
  const first = hear(start, 'hello', now);
  const second = hear(first.state, 'hello', now);
  const third = hear(second.state, 'again', now);
  expect([first, second, third].map(({ say }) => say[0])).toEqual([
    'What is it for?',
    'So, what is it for?',
    'What is it for?',
  ]);
  const use = { name: 'endCall', args: {} };
  expect(told?.(second.state, use, '', false, now).say).toEqual(['Then, what is it for?']);
});
