// What a replacement agent continues with: the conversation, a scripted agent's state and the open
// question.
import { initializeLogger } from '@livekit/agents';
import { expect, test } from 'vitest';
import type { HistoryItem } from '../../lib/dispatch/handoff-context';
import { frontDesk } from '../agents/front-desk';
import { StillCall } from '../testing/talk';
import { contextOf, openQuestion } from './resume';

const ada = (text: string): HistoryItem => ({ kind: 'said', speaker: 'agent', text });
const caller = (text: string): HistoryItem => ({ kind: 'said', speaker: 'caller', text });

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

test('no question is repeated if the caller spoke last', () => {
  expect(openQuestion([ada('What day would you like?'), caller('Tomorrow')])).toBeUndefined();
});

test('a booking continues where it stopped', async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  const answer = async (talk: readonly HistoryItem[]) =>
    (
      await frontDesk
        .scripted(new StillCall())
        .chat({ chatCtx: contextOf(talk) })
        .collect()
    ).text;
  const talk = [ada('How can I help?'), caller('I would like to book a blood test.')];
  expect(await answer(talk)).toMatch(/day/);
  const more = [...talk, ada('What day would you like?'), caller('Next Tuesday at ten.')];
  expect(await answer(more)).toMatch(/Tuesday the 24th and ten o'clock\. What name/);
});

test('tool results are in the context, in order', () => {
  const tool: HistoryItem = {
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
