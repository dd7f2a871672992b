import { initializeLogger, llm } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { callDesk } from './testing/desk';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const ask = async (brain: llm.LLM, chatCtx: llm.ChatContext) =>
  (await brain.chat({ chatCtx }).collect()).text;

test('an attempt that is thrown away leaves nothing behind', async () => {
  const { brain, context } = callDesk();
  const early = context.copy();
  early.addMessage({ role: 'user', content: 'Book an appointment for Sunday' });
  expect(await ask(brain, early)).toContain('closed on Sundays');

  context.addMessage({ role: 'user', content: 'Where are you?' });
  expect(await ask(brain, context)).toContain('14 Willow Street');
  context.addMessage({ role: 'assistant', content: '…' });
  context.addMessage({ role: 'user', content: 'yes' });
  expect(await ask(brain, context)).toContain('Go ahead');
});

test('the same turn asked twice gets the same answer', async () => {
  const { brain, context } = callDesk();
  context.addMessage({ role: 'user', content: 'flurb' });
  const first = await ask(brain, context);
  expect(await ask(brain, context)).toBe(first);
});

test('a turn in two parts is one request', async () => {
  const { brain, context } = callDesk();
  context.addMessage({ role: 'user', content: "I'd like to book an appointment" });
  await ask(brain, context);
  context.addMessage({ role: 'user', content: 'for Sunday at two' });
  expect(await ask(brain, context)).toContain('Would Monday the 23rd suit you');
});

test('a booking whose news the caller cut off is told with the next answer', async () => {
  const talk = callDesk();
  await talk.say('An appointment on Friday at half past two');
  await talk.say('Sarah');
  await talk.say('yes');
  // As the framework leaves it where the caller spoke before the first word of the result.
  talk.context.items.pop();
  const answer = await talk.say('What is your address?');
  expect(answer).toMatch(
    /^Your appointment is booked\. Doctor Lee will see you .* 14 Willow Street/,
  );
  expect(await talk.say('Where are you?')).not.toContain('booked');
});

test('a tool that fails is told, and a message offered', async () => {
  const { brain, context } = callDesk();
  context.addMessage({ role: 'user', content: 'An appointment on Friday at half past two' });
  const { toolCalls } = await brain.chat({ chatCtx: context }).collect();
  const [call] = toolCalls;
  if (!call) throw new Error('no tool was called');
  context.items.push(
    call,
    llm.FunctionCallOutput.create({
      callId: call.callId,
      output: 'An internal error occurred',
      isError: true,
    }),
  );
  expect(await ask(brain, context)).toContain('Shall I take a message instead?');
});
